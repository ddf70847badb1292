#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "ask/question.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "cli/mark_target.hpp"
#include "store/marks.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_tag = 100;  // bytes

void check_tag(const std::string& name) {
  const bool clean = valid_utf8(name) == name && std::all_of(name.begin(), name.end(), [](unsigned char c) {
                       return c > ' ' && c != 127 && c != ',';
                     });
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

/// The runs for which a condition of `ablate runs --where` is true.
std::vector<std::int64_t> runs_where(const Reader& reader, const std::string& condition) {
  ask::Question question;
  question.where = condition;
  question.columns = "id";
  const ask::Asked asked = ask::ask_runs(question);
  std::vector<std::int64_t> ids;
  reader.select(asked.rows.sql, asked.rows.values,
                [&](const std::vector<Value>& row) { ids.push_back(std::get<std::int64_t>(row.front())); });
  return ids;
}

struct TagRequest {
  std::string reference, where, database, format = "table";
  std::vector<std::string> names;
  bool remove = false;
};

/// False where the help page was all that was asked for.
bool read_tag_request(const Command& self, const std::vector<std::string>& arguments, Console& console,
                      TagRequest& request) {
  Options options(self);
  options.positional(
      "RUN", request.reference, false,
      "a run's number, the start of its uuid, or study/variant/seed; without it all tags are listed");
  options.rest("NAME...", request.names, 0, "tags to give the run; without one its tags are listed");
  options.text("where", "CONDITION", request.where,
               "instead of RUN, all matching runs, as in `ablate runs --where`");
  options.flag("remove", request.remove, "remove the tags");
  add_database_option(options, request.database);
  add_format_option(options, request.format);
  return options.parse(arguments, console);
}

/// With --where every word is a tag.
void take_reference_as_tag(const Command& self, const Reader& reader, TagRequest& request) {
  if (!request.reference.empty() && reader.find_run(request.reference)) {
    throw RequestError(fmt::format("'{}' is a run, and --where chooses runs too", request.reference),
                       "give one of the two; a tag cannot be called like a run");
  }
  if (!request.reference.empty()) request.names.insert(request.names.begin(), request.reference);
  if (request.names.empty()) throw RequestError("tag: NAME is missing", std::string(self.example));
}

}  // namespace

int tag_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  TagRequest request;
  if (!read_tag_request(self, arguments, console, request)) return exit_done;
  const Format chosen = parse_format(request.format);
  const Reader reader(database_path(request.database));
  const bool by_condition = !request.where.empty();
  if (by_condition) take_reference_as_tag(self, reader, request);
  if (request.reference.empty() && !by_condition) {
    print_table(console, all_tags(reader), chosen, {.cuts_texts = false});
    return exit_done;
  }
  if (request.names.empty()) {
    print_table(console, tags_of(reader, reader.run(request.reference).id), chosen, {.cuts_texts = false});
    return exit_done;
  }
  for (const std::string& name : request.names) check_tag(name);
  const std::vector<std::int64_t> ids =
      by_condition ? runs_where(reader, request.where) : std::vector{reader.run(request.reference).id};
  Marks marks(database_path(request.database));
  const int changed = request.remove ? marks.untag(ids, request.names) : marks.tag(ids, request.names);
  const std::string whom =
      by_condition ? fmt::format("{} runs fit", ids.size()) : run_name(reader, reader.run(request.reference));
  console.err << fmt::format("{}: {} tag{} {}\n", whom, changed, changed == 1 ? "" : "s",
                             request.remove ? "removed" : "added");
  return exit_done;
}

}  // namespace ablate
