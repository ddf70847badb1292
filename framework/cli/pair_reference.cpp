#include "cli/pair_reference.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/suggest.hpp"

namespace ablate {
namespace {

/// A variant and where it stands.
struct Candidate {
  StudyRecord study;
  VariantRecord variant;
  std::string path() const { return study.name + "/" + variant.name; }
};

std::vector<Candidate> all_variants(const Reader& reader, const std::string& study) {
  std::vector<Candidate> all;
  const std::vector<StudyRecord> studies =
      study.empty() ? reader.studies() : std::vector{reader.study(study)};
  for (const StudyRecord& record : studies) {
    for (VariantRecord& variant : reader.variants(record.id)) all.push_back({record, std::move(variant)});
  }
  return all;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

PairSide variant_side(const Reader& reader, const Candidate& candidate) {
  PairSide side{candidate.path(), candidate.variant, {}, false};
  for (RunRecord& run : reader.runs(candidate.study.id)) {
    if (run.variant_id == candidate.variant.id) side.runs.push_back(std::move(run));
  }
  const auto is_obsolete = [](const RunRecord& run) { return run.obsolete; };
  if (!std::all_of(side.runs.begin(), side.runs.end(), is_obsolete)) std::erase_if(side.runs, is_obsolete);
  return side;
}

NamedSide run_side(const Reader& reader, RunRecord run) {
  const StudyRecord study = reader.study(reader.study_name_of_run(run.id));
  const std::string name = fmt::format("{}/{}/{}", study.name, run.variant, run.seed);
  VariantRecord variant = reader.variant(run.variant_id);
  return {{name, std::move(variant), {std::move(run)}, true}, study};
}

[[noreturn]] void refuse(const std::string& text, const std::string& study,
                         const std::vector<Candidate>& all) {
  const std::string what =
      fmt::format("there is no variant or run '{}'{}", text, study.empty() ? "" : " in study " + study);
  if (all.empty())
    throw RequestError(what, "there is no variant yet; `ablate run` with a study file makes some");
  std::vector<std::string> paths, names;
  for (const Candidate& candidate : all) {
    paths.push_back(candidate.path());
    names.push_back(candidate.variant.name);
  }
  const bool is_bare = !study.empty() || (text.find('/') == std::string::npos && nearest(text, names));
  throw RequestError(what, suggestion(text, is_bare ? names : paths) +
                               "; a run is its number, 4 or more letters of its uuid, or study/variant/seed");
}

}  // namespace

NamedSide find_side(const Reader& reader, const std::string& text, const std::string& study) {
  const std::vector<Candidate> all = all_variants(reader, study);
  std::vector<const Candidate*> found;
  for (const Candidate& candidate : all) {
    const bool by_name = candidate.variant.name == text && (!study.empty() || !is_number(text));
    if (by_name || candidate.path() == text) found.push_back(&candidate);
  }
  if (found.size() == 1) return {variant_side(reader, *found.front()), found.front()->study};
  if (found.size() > 1) {
    std::vector<std::string> paths;
    for (const Candidate* candidate : found) paths.push_back(candidate->path());
    throw RequestError(fmt::format("'{}' names {} variants", text, found.size()),
                       fmt::format("write study/variant, or --study: {}", fmt::join(paths, ", ")));
  }
  for (const std::string& path : {study.empty() ? std::string() : study + "/" + text, text}) {
    if (path.empty()) continue;
    if (auto run = reader.find_run(path)) return run_side(reader, std::move(*run));
  }
  refuse(text, study, all);
}

}  // namespace ablate
