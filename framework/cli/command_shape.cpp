#include "cli/command_shape.hpp"

#include <sstream>
#include <utility>

#include "cli/command.hpp"

namespace ablate {
namespace {

constexpr std::pair<std::string_view, ValueKind> placeholders[] = {
    {"FILE", ValueKind::file},
    {"DIR", ValueKind::folder},
    {"STUDY.yaml", ValueKind::study_file},
    {"FORMAT", ValueKind::format},
    {"SPLIT", ValueKind::split},
    {"SPLIT.METRIC", ValueKind::metric},
    {"CONDITION", ValueKind::condition},
    {"NAME,...", ValueKind::condition},
    {"KEY=VALUE", ValueKind::setting},
    {"KEY,...", ValueKind::condition},
    {"STUDY", ValueKind::study},
    {"STUDY...", ValueKind::study},
    {"VARIANT", ValueKind::variant},
    {"VARIANT,...", ValueKind::variant},
    {"A", ValueKind::variant},  // of compare
    {"B", ValueKind::variant},
    {"RUN", ValueKind::run},
    {"STUDY|RUN", ValueKind::study_or_run},
    {"NAME...", ValueKind::tag},
    {"FILE...", ValueKind::file},
    {"PATH", ValueKind::file},
    {"OUTPUT,...", ValueKind::nothing},
    {"keep|take", ValueKind::nothing},
    {"TEXT", ValueKind::nothing},
    {"NAME=VALUE", ValueKind::nothing},
    {"N", ValueKind::nothing},
    {"K", ValueKind::nothing},
    {"MANIFEST", ValueKind::file},
    {"CLUSTER.yaml", ValueKind::study_file},
    {"ADDRESS", ValueKind::nothing},
    {"SECONDS", ValueKind::nothing},
    {"SHARE", ValueKind::nothing},
    {"LEVELS", ValueKind::nothing},
    {"LEVEL", ValueKind::nothing},
    {"FACTOR", ValueKind::condition},
    {"FACTOR,...", ValueKind::condition},
    {"URL", ValueKind::nothing},
    {"SUM", ValueKind::nothing},
    {"SQL", ValueKind::nothing},
    {"ACTION", ValueKind::nothing},
    {"WHAT", ValueKind::nothing},
    {"PART", ValueKind::nothing},
    {"SHELL", ValueKind::nothing},
    {"TOPIC", ValueKind::nothing},
    {"COMMAND", ValueKind::nothing},
    {"NAME", ValueKind::nothing},
    {"KEY", ValueKind::nothing},
    {"KEY=VALUE,...", ValueKind::nothing},
    {"THEIRS=OURS", ValueKind::nothing},
    {"NAME=up|down", ValueKind::nothing},
    {"last|METRIC", ValueKind::nothing},
    {"epoch|every:N", ValueKind::nothing},
};

}  // namespace

std::optional<ValueKind> value_kind(std::string_view placeholder) {
  for (const auto& [word, kind] : placeholders) {
    if (word == placeholder) return kind;
  }
  return std::nullopt;
}

CommandShape shape_of(const Command& command) {
  CommandShape shape;
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  console.shape = &shape;
  command.run(command, {}, console);
  return shape;
}

}  // namespace ablate
