#include "cli/gathered_text.hpp"

#include <ostream>

#include <fmt/format.h>

#include "store/reader.hpp"
#include "store/store.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

bool holds_study(const std::filesystem::path& database, const std::string& study) {
  std::error_code error;
  if (!std::filesystem::exists(database, error)) return false;
  { const Store up_to_date(database); }
  return Reader(database).counts(study).has_value();
}

}  // namespace

SendingTurn take_turn(Console& console, const std::filesystem::path& database) {
  return {database, [&] {
            console.err << fmt::format("another ablate sends or collects runs of {}: waiting for it\n",
                                       escape_terminal(database.string()))
                        << std::flush;
          }};
}

GatheredResults gather_and_tell(Console& console, const std::filesystem::path& database,
                                const std::string& study, const std::vector<WorkFiles>& folders,
                                const std::atomic<bool>& stop) {
  if (!holds_study(database, study)) return {};
  GatheredResults found;
  for (const WorkFiles& files : folders) found.add(gather(database, study, files, stop));
  for (const std::string& text : found.differences)
    console.err << fmt::format("different {}: {}; the first one stays\n",
                               found.by_program ? "numbers of one program" : "bits", escape_terminal(text));
  for (const std::string& text : found.notes) console.err << fmt::format("note: {}\n", escape_terminal(text));
  if (found.ended + found.advanced + found.repeated > 0) {
    const auto runs = [](int n) { return counted(static_cast<std::size_t>(n), "run"); };
    console.err << fmt::format("collected: {} ended, {} came further, {} trained twice with the same bits\n",
                               runs(found.ended), runs(found.advanced), runs(found.repeated));
  }
  return found;
}

}  // namespace ablate
