#include "report/overview/overview.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/overview/overview_pages.hpp"
#include "report/render.hpp"
#include "text/escape.hpp"
#include "text/spreadsheet.hpp"

namespace ablate {
namespace {

/// Names of the databases' files; their paths, where two files are called alike.
std::vector<std::string> database_names(const std::vector<StudySource>& sources) {
  std::vector<std::string> names;
  for (const StudySource& source : sources) {
    const bool alike = std::any_of(sources.begin(), sources.end(), [&](const StudySource& other) {
      return other.database != source.database && other.database.filename() == source.database.filename();
    });
    names.push_back(alike ? source.database.string() : source.database.filename().string());
  }
  return names;
}

std::string free_folder(const std::string& wanted, std::set<std::string>& taken) {
  std::string folder = wanted;
  for (int number = 2; !taken.insert(folder).second; ++number) folder = fmt::format("{}-{}", wanted, number);
  return folder;
}

/// How the studies are called and where their reports stand; without their numbers yet.
Overview named(const std::vector<StudySource>& sources) {
  Overview overview;
  // Folders of the overview itself.
  std::set<std::string> taken = {"data", "figures", "tables"};
  std::set<std::pair<std::string, std::filesystem::path>> known;
  const auto databases = database_names(sources);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const StudySource& source = sources[i];
    if (!known.emplace(source.study, source.database).second) {
      throw RequestError(
          fmt::format("study '{}' of {} is given twice", source.study, source.database.string()),
          "name each study once");
    }
    const auto same = std::count_if(sources.begin(), sources.end(),
                                    [&](const StudySource& other) { return other.study == source.study; });
    ReportedStudy study;
    study.label = same > 1 ? fmt::format("{} ({})", source.study, databases[i]) : source.study;
    study.database = databases[i];
    const std::string stem = slug(source.study);
    study.folder = free_folder(
        same > 1 ? fmt::format("{}-{}", stem, slug(source.database.stem().string())) : stem, taken);
    overview.push_back(std::move(study));
  }
  return overview;
}

/// What the overview shows has no curves and no images; a study of thousands of runs should not stay in memory for them.
void forget_curves(Comparison& comparison) {
  comparison.class_views.clear();
  comparison.images.reset();
  for (VariantSummary& variant : comparison.variants) {
    variant.curves = {};
    variant.rates.clear();
    for (RunSummary& run : variant.runs) run.curve = {}, run.watched = {};
  }
}

void add_report(ReportFiles& files, ReportFiles one, const std::string& label,
                const std::filesystem::path& database = {}) {
  for (ReportedLook& look : one.looks) {
    look.database = database;
    files.looks.push_back(std::move(look));
  }
  files.files.insert(files.files.end(), one.files.begin(), one.files.end());
  for (const std::string& warning : one.warnings) {
    const std::string text = fmt::format("{}: {}", label, warning);
    files.warnings.push_back(text);
  }
}

}  // namespace

ReportFiles write_overview(const std::vector<StudySource>& sources, const std::filesystem::path& out) {
  Overview overview = named(sources);
  ReportFiles files;
  const Rendering rendering = rendering_of(sources.front().options);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Reader reader = Reader::snapshot(sources[i].database);
    Comparison& comparison = overview[i].comparison;
    comparison = collect(reader, sources[i].study, sources[i].options);
    add_report(files, render_report(comparison, out / overview[i].folder, rendering), overview[i].label,
               sources[i].database);
    forget_curves(comparison);
  }
  const auto figures = overview_figures(overview);
  RenderedFigures drawn = render_figures(figures, out, rendering);
  add_report(files, {{}, std::move(drawn.files), std::move(drawn.warnings)}, "overview");
  const auto write = [&](const std::string& name, const std::string& text) {
    write_file(out / name, text);
    files.files.push_back(out / name);
    return out / name;
  };
  files.main = out;
  if (rendering.outputs.tables)
    write("tables/overview.csv", render(for_spreadsheets(overview_data(overview)), Format::csv));
  if (rendering.outputs.html)
    files.main = write("index.html", render_overview_html(overview, rendering.templates, rendering.outputs));
  if (rendering.outputs.markdown)
    files.main = write(
        "report.md", render_overview_markdown(overview, drawn.drawn, rendering.templates, rendering.outputs));
  return files;
}

}  // namespace ablate
