#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "ablate/base/error.hpp"
#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/cli/mark_target.hpp"
#include "ablate/store/marks.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_tag = 100;  // bytes

void check_tag(const std::string& name) {
  const bool clean =
      std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > ' ' && c != 127 && c != ','; });
  if (clean && !name.empty() && name.size() <= longest_tag) return;
  throw RequestError(
      fmt::format("'{}' cannot be a tag", name),
      fmt::format("a tag is a word of at most {} bytes, without spaces and commas", longest_tag));
}

Table all_tags(const Reader& reader) {
  Table table;
  table.columns = {{"tag"}, {"runs"}};
  for (const auto& [name, runs] : reader.tags()) table.rows.push_back({name, runs});
  return table;
}

Table tags_of(const Reader& reader, std::int64_t run_id) {
  Table table;
  table.columns = {{"tag"}};
  for (const std::string& name : reader.run_tags(run_id)) table.rows.push_back({name});
  return table;
}

}  // namespace

int tag_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string reference, database, format = "table";
  std::vector<std::string> names;
  bool remove = false;
  Options options(self);
  options.positional(
      "RUN", reference, false,
      "a run's number, the start of its uuid, or study/variant/seed; without it all tags are listed");
  options.rest("NAME...", names, 0, "tags to give the run; without one its tags are listed");
  options.flag("remove", remove, "take the tags away");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Reader reader(database_path(database));
  if (reference.empty()) {
    console.out << render(all_tags(reader), chosen);
    return exit_done;
  }
  const RunRecord run = reader.run(reference);
  if (names.empty()) {
    console.out << render(tags_of(reader, run.id), chosen);
    return exit_done;
  }
  for (const std::string& name : names) check_tag(name);
  Marks marks(database_path(database));
  const int changed =
      remove ? marks.untag(std::vector{run.id}, names) : marks.tag(std::vector{run.id}, names);
  console.err << fmt::format("{}: {} tag{} {}\n", run_name(reader, run), changed, changed == 1 ? "" : "s",
                             remove ? "removed" : "added");
  return exit_done;
}

}  // namespace ablate
