#include "store/choices.hpp"

#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/choice_note.hpp"
#include "store/uuid.hpp"

namespace ablate {
namespace {

constexpr const char* chosen_after = " chosen after ";
constexpr const char* direction_of = "direction of ";
constexpr const char* margin_changed = "the margin was changed from ";
constexpr std::string_view direction_key = "trainer.metrics.", margin_key = "margin: ";

/// Of the canonical text of a study, what its block `report` says of a key: the rest of the line, and the lines that
/// are deeper below it.
std::vector<std::string> report_parts(const std::string& config, const std::string& key) {
  std::istringstream lines(config);
  std::vector<std::string> parts;
  bool in_report = false, in_key = false;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    if (indent == 0) in_report = line.starts_with("report:");
    if (indent <= 2) in_key = in_report && line.starts_with("  " + key + ":");
    if (!in_key) continue;
    const std::string part = indent == 2 ? line.substr(3 + key.size()) : line.substr(indent);
    const std::size_t begin = part.find_first_not_of(' ');
    if (begin == std::string::npos) continue;
    parts.push_back(part.substr(begin));
  }
  return parts;
}

std::string report_value(const std::string& config, const std::string& key) {
  return fmt::format("{}", fmt::join(report_parts(config, key), ", "));
}

/// What the contrast names; its margin is a choice of its own.
std::string contrast_value(const std::string& config) {
  std::vector<std::string> parts = report_parts(config, "contrast");
  std::erase_if(parts, [](const std::string& part) {
    return part.starts_with(margin_key) || part.ends_with(": \"\"") || part.ends_with(": []");
  });
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string margin_value(const std::string& config) {
  for (const std::string& part : report_parts(config, "contrast")) {
    if (part.starts_with(margin_key)) return part.substr(margin_key.size());
  }
  return "0";
}

/// Which way each metric of a program's own is better in the newest plan.
void add_directions(Connection& connection, const std::string& study, Choices& choices) {
  Query query(
      connection,
      "SELECT DISTINCT key, setting.value FROM setting JOIN variant ON variant.id = setting.variant_id JOIN "
      "study ON study.id = variant.study_id WHERE study.name = ?1 AND substr(key, 1, length(?2)) = ?2 AND "
      "EXISTS (SELECT 1 FROM run WHERE variant_id = variant.id AND NOT obsolete)");
  query << study << std::string(direction_key);
  while (query.next()) {
    std::string key, direction;
    query >> key >> direction;
    choices[direction_of + key.substr(direction_key.size())] = direction;
  }
}

std::string text_or_none(const std::string& text) { return text.empty() ? "none" : text; }

std::string choice_text(const std::string& what, const std::string& before, const std::string& now,
                        std::int64_t done, std::int64_t planned) {
  if (what == "margin")
    return fmt::format("{}{} to {} after {} of {} runs were done", margin_changed, before, now, done,
                       planned);
  return fmt::format("{}{}{} of {} runs were done: {} (before: {})", what, chosen_after, done, planned,
                     text_or_none(now), text_or_none(before));
}

}  // namespace

Choices stored_choices(Connection& connection, const std::string& study) {
  Query query(
      connection,
      "SELECT question, config, coalesce((SELECT variant.name FROM variant WHERE study_id = study.id AND "
      "is_baseline AND EXISTS (SELECT 1 FROM run WHERE variant_id = variant.id AND NOT obsolete)), '') "
      "FROM study WHERE name = ?");
  query << study;
  if (!query.next()) return {};
  std::string question, config, baseline;
  query >> question >> config >> baseline;
  Choices choices = {{"baseline", baseline},
                     {"confidence", report_value(config, "confidence")},
                     {"contrast", contrast_value(config)},
                     {"margin", margin_value(config)},
                     {"primary", report_value(config, "primary")},
                     {"question", question}};
  add_directions(connection, study, choices);
  return choices;
}

void note_choices(Connection& connection, const std::string& study, const Choices& before,
                  const std::string& now) {
  if (before.empty()) return;
  std::int64_t id = 0, done = 0, planned = 0;
  Query counts(
      connection,
      "SELECT study.id, coalesce(sum(run.status = 'done'), 0), count(run.id) FROM study LEFT JOIN run ON "
      "run.study_id = study.id AND NOT run.obsolete WHERE study.name = ? GROUP BY study.id");
  counts << study;
  if (!counts.next()) return;
  counts >> id >> done >> planned;
  if (done == 0) return;
  for (const auto& [what, value] : stored_choices(connection, study)) {
    const auto old = before.find(what);
    if (old == before.end() || old->second == value) continue;
    Query put(connection, "INSERT INTO note(uuid, study_id, text, created_at) VALUES (?, ?, ?, ?)");
    (put << new_uuid() << id << choice_text(what, old->second, value, done, planned) << now).run();
  }
}

bool is_choice_note(const NoteRecord& note) {
  for (const char* what : {"baseline", "confidence", "contrast", "primary", "question"}) {
    if (note.text.starts_with(std::string(what) + chosen_after)) return true;
  }
  if (note.text.starts_with(margin_changed)) return true;
  return note.text.starts_with(direction_of) && note.text.find(chosen_after) != std::string::npos;
}

}  // namespace ablate
