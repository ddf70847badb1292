#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "cli/mark_target.hpp"
#include "store/marks.hpp"
#include "text/unicode.hpp"

namespace ablate {

int note_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  constexpr std::size_t longest = 1 << 16;
  std::string reference, text, database, format = "table";
  Options options(self);
  options
      .positional("RUN", reference, true,
                  "a run's number, the start of its uuid, or study/variant/seed; or a study's name")
      .offers({}, ValueKind::study_or_run);
  options.positional("TEXT", text, false, "what to note, in quotes; without it the notes are listed");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Reader reader(database_path(database));
  const MarkTarget target = find_target(reader, reference);
  if (!text.empty()) {
    if (text.size() > longest) {
      throw RequestError(fmt::format("a note of {} bytes is too long", text.size()),
                         fmt::format("at most {}", longest));
    }
    if (valid_utf8(text) != text) {
      throw RequestError("the note is not UTF-8, which other programs could not read", "write it as UTF-8");
    }
    Marks marks(database_path(database));
    target.study ? marks.note_study(target.study->id, text) : marks.note_run(target.run.id, text);
    console.err << fmt::format("noted on {}\n", target.name);
    return exit_done;
  }
  Table table;
  table.columns = {{"at"}, {"note"}};
  const auto notes = target.study ? reader.study_notes(target.study->id) : reader.run_notes(target.run.id);
  for (const NoteRecord& note : notes) table.rows.push_back({note.created_at, note.text});
  print_table(console, table, chosen, {.cuts_texts = false});
  return exit_done;
}

}  // namespace ablate
