/// What the program shows on a terminal of 80, 120 and 200 columns.

#include "support/terminal.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "base/shell_word.hpp"
#include "cli/command.hpp"
#include "cli/fitted_table.hpp"
#include "cli/options.hpp"
#include "cli/page_text.hpp"
#include "cli/says.hpp"
#include "cli/topics.hpp"
#include "support/shared_folder.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"
#include "text/unicode.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

constexpr unsigned short widths[] = {80, 120, 200};

/// A study with four factors, so that its variants have long names, trained once.
struct Trained {
  TemporaryFolder folder;
  std::string file = (folder / "s.yaml").string(), database = (folder / "a.db").string();
  Trained() {
    fill_shared(folder, "terminal_test", [this] { train(); });
  }
  void train() const {
    write_file(file,
               "study: wide\nquestion: Well?\ndata: {source: glyphs, train_images: 94, test_images: 47}\n"
               "model: {hidden: [4]}\ntraining: {epochs: 1}\nseeds: 1\n"
               "variants:\n  baseline: {model.skip: none}\n"
               "  grid: {model.skip: [none, projection], training.learning_rate.initial: [0.01, 0.1], "
               "model.activation: [relu, tanh]}\n");
    ablate_says({"run", file, "-j", "1", "--db", database, "--out", (folder / "r").string(), "--quiet"});
  }
  /// stdout alone; remarks beside a table wrap as any sentence does.
  Screen shown(std::vector<std::string> words, unsigned short columns,
               const std::string& term = "xterm") const {
    words.insert(words.begin(), built_program().string());
    words.insert(words.end(), {"--db", database});
    std::string command;
    for (const std::string& word : words) command += shell_word(word) + " ";
    return on_terminal({"/bin/sh", "-c", command + "2>/dev/null"}, columns, term);
  }
};

const Trained& trained() {
  static const Trained once;
  return once;
}

/// Lines of what a terminal was sent, without cursor movements.
std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(std::regex_replace(text, std::regex("\r|\x1b\\[[0-9]*[AJ]"), ""));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  for (const std::string& line : lines_of(text)) width = std::max(width, display_width(line));
  return width;
}

}  // namespace

TEST_CASE("no table is wider than a terminal of 80, 120 or 200 columns, and none loses a column in silence") {
  const std::vector<std::vector<std::string>> commands = {
      {"plan", trained().file},
      {"runs"},
      {"runs", "wide"},
      {"runs", "--by", "variant"},
      {"runs", "--by", "skip,activation", "--columns", "test.accuracy,test.f1,test.log_loss"},
      {"query", "SELECT * FROM results"},
      {"query", "--list"},
      {"compare", "1", "8"},
      {"compare", "skip"},
      {"studies"},
      {"doctor"},
      {"show", "1"}};
  for (const unsigned short columns : widths) {
    for (const auto& words : commands) {
      CAPTURE(words, columns);
      const Screen screen = trained().shown(words, columns);
      CHECK(screen.code == 0);
      CHECK(widest(screen.text) <= columns);
      CHECK(lines_of(screen.text).size() > 2);
    }
  }
  CHECK(widest(trained().shown({"tail", "1", "--test"}, 80).text) <= 80);
  CHECK_THAT(trained().shown({"query", "SELECT * FROM results"}, 80).text,
             Contains("test_accuracy") && Contains("validation_log_loss"));
}

TEST_CASE("every help page fits a terminal of 80, 120 or 200 columns, but for what is there to be copied") {
  for (const unsigned short columns : widths) {
    std::vector<std::string> pages = {help_page(columns)};
    for (const Command& command : commands()) {
      const std::string page = command_help(command, columns);
      pages.push_back(page.substr(0, page.find("Example:")));
    }
    for (const Topic& topic : topics()) pages.push_back(terminal_text(topic.markdown(), help_width(columns)));
    for (const std::string& page : pages) {
      for (const std::string& line : lines_of(page)) {
        CAPTURE(line, columns);
        CHECK((line.starts_with("    ") || display_width(line) <= columns));
      }
    }
  }
  CHECK_THAT(on_terminal({built_program().string(), "compare", "--help"}, 80).text,
             Contains("[--confidence SHARE]\r\n    [--images"));
}

TEST_CASE(
    "on a terminal runs of a study show its factors, and what is the same everywhere stands below once") {
  const std::string text = trained().shown({"runs", "wide"}, 120).text;
  CHECK_THAT(text, Contains("run  skip        initial  activation  ") && !Contains("skip=none"));
  CHECK_THAT(text, Contains("the same in every row: study=wide; seed=1; status=done"));
  const std::string plan = trained().shown({"plan", trained().file}, 120).text;
  CHECK_THAT(plan, !Contains("skip=none") && Contains("the same in every row: "));
}

TEST_CASE("a sweep draws on a terminal within its columns, and on a dumb one it writes plain lines") {
  const TemporaryFolder folder;
  for (const unsigned short columns : widths) {
    const Screen screen =
        on_terminal({built_program().string(), "run", trained().file, "-j", "2", "--db",
                     (folder / std::to_string(columns)).string(), "--out", (folder / "r").string()},
                    columns);
    CHECK(screen.code == 0);
    CHECK_THAT(screen.text, Contains("\x1b[J") && Contains("[8/8] "));
    for (const std::string& line : lines_of(screen.text)) {
      if (line.starts_with("[") || line.starts_with("  ")) CHECK(display_width(line) < columns);
    }
  }
  const Screen dumb = on_terminal({built_program().string(), "run", trained().file, "-j", "1", "--db",
                                   (folder / "dumb.db").string(), "--out", (folder / "r").string()},
                                  80, "dumb");
  CHECK(dumb.text.find('\x1b') == std::string::npos);
}

TEST_CASE(
    "a table is fitted: constants told below, long texts cut, the rest in blocks under the first column") {
  const std::string name(30, 'n');
  const Table table{{{"run"}, {"name"}, {"seed"}, {"accuracy", 2}, {"loss", 2}},
                    {{std::int64_t{1}, name, std::int64_t{7}, 0.5, 1.0},
                     {std::int64_t{2}, name + "x", std::int64_t{7}, 0.25, 2.0}}};
  CHECK(fitted_table(table, 30, {.drops_constants = true}) ==
        "run  name\n"
        "---  ------------------------\n"
        "  1  nnnnnnnnnnnnnnnnnnnnnnn…\n"
        "  2  nnnnnnnnnnnnnnnnnnnnnnn…\n"
        "\n"
        "run  accuracy  loss\n"
        "---  --------  ----\n"
        "  1      0.50  1.00\n"
        "  2      0.25  2.00\n"
        "the same in every row: seed=7\n");
  CHECK(fitted_table(table, 200, {}) == render(table, Format::table));
  const Table facts{{{"fact"}, {"value"}},
                    {{std::string("build"), std::string("some words that are too long for it")},
                     {std::string("hash"), std::string(30, 'x')}}};
  CHECK(fitted_table(facts, 31, {.cuts_texts = false}) ==
        "fact   value\n"
        "-----  ------------------------\n"
        "build  some words that are too\n"
        "       long for it\n"
        "hash   xxxxxxxxxxxxxxxxxxxxxxxx\n"
        "       xxxxxx\n");
  const Table one{{{"run"}, {"seed"}}, {{std::int64_t{1}, std::int64_t{7}}}};
  CHECK(fitted_table(one, 80, {.drops_constants = true}) == render(one, Format::table));
}
