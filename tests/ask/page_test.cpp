#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "ask/names.hpp"
#include "ask/world.hpp"
#include "base/file.hpp"
#include "cli/command.hpp"
#include "store/store_support.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string page() { return read_file(source_folder() / "framework/ask/README.md", 1 << 20); }

/// The words of a shell line with quotes of either kind and nothing else that a shell knows.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words(1);
  char quote = 0;
  for (const char c : line) {
    if (quote != 0 ? c == quote : c == '\'' || c == '"') {
      quote = quote != 0 ? '\0' : c;
    } else if (c == ' ' && quote == 0) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace

TEST_CASE("every example of the page on questions runs", "[ask]") {
  Stream chance(10, "ask/page");
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  make_world(file, chance);
  execute(file, "UPDATE study SET name = 'quickstart' WHERE name = 'first'");
  execute(file,
          "INSERT INTO run_value VALUES (1, '', 'val/acc@1', 1, 0.6); INSERT INTO setting "
          "SELECT id, 'trainer.metrics.val/acc@1', 'up' FROM variant");
  std::istringstream lines(page());
  int examples = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("ablate runs ")) continue;
    CAPTURE(line);
    std::vector<std::string> words = words_of(line.substr(7));
    words.insert(words.end(), {"--db", file});
    std::ostringstream out, err;
    std::istringstream in;
    Console console{out, err, in};
    CHECK(run_program(words, console) == exit_done);
    CHECK(err.str().find("ablate:") == std::string::npos);
    ++examples;
  }
  CHECK(examples >= 8);
}

TEST_CASE("the page on questions lists every fact with its kind and meaning", "[ask]") {
  const std::string text = page();
  for (const ask::Fact& fact : ask::facts()) {
    const char* kind = fact.kind == ask::ValueKind::number  ? "number"
                       : fact.kind == ask::ValueKind::truth ? "truth"
                                                            : "text";
    CHECK_THAT(text, Contains(fmt::format("| `{}` | {} | {} |", fact.name, kind, fact.meaning)));
  }
}
