#include "cli/manual.hpp"

#include <cstdlib>
#include <regex>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "base/process.hpp"
#include "cli/command.hpp"
#include "cli/command_shape.hpp"
#include "cli/facts.hpp"
#include "cli/page_text.hpp"
#include "cli/topics.hpp"
#include "metrics/metric_table.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string said(const std::vector<std::string>& words, int code = 0) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  CHECK(run_program(words, console) == code);
  return out.str() + err.str();
}

}  // namespace

TEST_CASE("the manual page has every command, word, option, topic, exit code and variable") {
  const std::string page = manual_page("1.2.3");
  for (const Command& command : commands()) {
    const std::size_t at = page.find(".SS " + roff_text("ablate " + std::string(command.name)) + "\n");
    REQUIRE(at != std::string::npos);
    const std::string part = page.substr(at, page.find(".SS ", at + 1) - at);
    const CommandShape shape = shape_of(command);
    for (const OptionShape& option : shape.options) {
      CAPTURE(command.name, option.name);
      CHECK(
          (option.name == "help" || part.find("\\fB" + roff_text("--" + option.name)) != std::string::npos));
    }
    for (const WordShape& word : shape.words) CHECK_THAT(part, Contains(roff_text(word.name)));
    CHECK_THAT(page, Contains(roff_text(command.example)));
  }
  for (const Topic& topic : topics()) CHECK_THAT(page, Contains(roff_text(topic.summary)));
  for (const Fact& fact : exit_codes()) CHECK_THAT(page, Contains(roff_text(fact.meaning)));
  for (const Fact& fact : environment()) CHECK_THAT(page, Contains(roff_text(fact.name)));
}

TEST_CASE("the manual page is ASCII, and nothing in it is taken for a macro") {
  for (const char letter : said({"man"})) CHECK(static_cast<unsigned char>(letter) < 0x80);
  CHECK(roff_text(".x -y 'z' \\ †") == "\\&.x \\-y \\(aqz\\(aq \\(rs \\[u2020]");
}

TEST_CASE("groff has no complaint about the manual page") {
  if (!std::filesystem::exists("/usr/bin/groff")) {
    WARN("groff is not installed: the manual page was not set");
    return;
  }
  const TemporaryFolder folder;
  write_file(folder / "ablate.1", manual_page("1.2.3-4-g5"));
  const std::string command = "groff -man -Tutf8 -ww '" + (folder / "ablate.1").string() + "' >'" +
                              (folder / "text").string() + "' 2>'" + (folder / "complaints").string() + "'";
  CHECK(std::system(command.c_str()) == 0);
  CHECK(read_file(folder / "complaints", 1 << 20).empty());
  CHECK(read_file(folder / "text", 1 << 20).size() > 10'000);
}

TEST_CASE("help explains every command and every topic, and lists both") {
  const std::string list = said({"help"});
  CHECK(said({"--help"}) == list);
  for (const Command& command : commands()) {
    CHECK_THAT(list, Contains("  " + std::string(command.name) + " "));
    CHECK(said({"help", std::string(command.name)}) == said({std::string(command.name), "--help"}));
  }
  for (const Topic& topic : topics()) {
    CHECK_THAT(list, Contains("  " + std::string(topic.name) + " "));
    const std::string text = said({"help", std::string(topic.name)});
    CAPTURE(topic.name, text);
    CHECK(std::count(text.begin(), text.end(), '\n') < 175);
    CHECK_THAT(text, !Contains("](") && !Contains("\n\n\n"));
    if (topic.name != "where") CHECK_THAT(text, !Contains("`"));  // there names have them
  }
}

TEST_CASE("a wrong topic is answered with the nearest one") {
  CHECK_THAT(said({"help", "metrcs"}, 2),
             Contains("there is no command and no topic 'metrcs'") && Contains("did you mean 'metrics'?"));
  CHECK_THAT(said({"--help", "rn"}, 2), Contains("did you mean 'run'?"));
  CHECK_THAT(said({"help", "run", "runs"}, 2), Contains("one word too many"));
  CHECK_THAT(said({"completion", "tcsh"}, 2), Contains("choices: bash, fish, zsh"));
}

TEST_CASE("topics tell what the tables and pages tell") {
  for (const Metric& metric : metric_table())
    CHECK_THAT(said({"help", "metrics"}), Contains("\n  " + std::string(metric.name) + " "));
  CHECK_THAT(said({"help", "database"}), Contains("\n  epoch_metric    run_id, split, epoch, <metric>\n"));
  CHECK_THAT(said({"help", "study"}), Contains("\n    seeds: 3\n") && Contains("one_at_a_time") &&
                                          Contains("training.learning_rate.schedule"));
  CHECK_THAT(said({"help", "where"}), Contains("    predicate   = operand comparison operand") &&
                                          Contains("\n  best(test.f1) ") && Contains("\n  leaked "));
  CHECK_THAT(said({"help", "exit-codes"}), Contains("\n  130   interrupted"));
}

TEST_CASE("every variable that the program or its wrapper reads is among those of help") {
  std::string text = read_file(source_folder() / "ablate", 1 << 20);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_folder() / "framework")) {
    if (entry.path().extension() == ".cpp") text += read_file(entry.path(), 1 << 20);
  }
  std::set<std::string> read, told = {};
  const std::regex reading("getenv\\(\"(\\w+)\"\\)|\\$\\{(ABLATE_\\w+):-");
  for (std::sregex_iterator it(text.begin(), text.end(), reading), end; it != end; ++it)
    read.insert((*it)[1].matched ? (*it)[1].str() : (*it)[2].str());
  if (text.find("temp_directory_path(") != std::string::npos) read.insert("TMPDIR");  // which that reads
  for (const Fact& fact : environment()) told.emplace(fact.name);
  CHECK(read == told);
}

TEST_CASE("a page's section ends at the next heading of its level") {
  const std::string page = "# Title\nintro\n\n## One\na\n### Deep\nb\n```\n# no heading\n```\n## `Two`\nc\n";
  CHECK(page_section(page, "") == "intro\n\n");
  CHECK(page_section(page, "One") == "a\n### Deep\nb\n```\n# no heading\n```\n");
  CHECK(page_section(page, "Two") == "c\n");
  CHECK_THROWS_AS(page_section(page, "Three"), std::logic_error);
}

TEST_CASE("Markdown becomes filled text: lists hang, code stays, tables stand in columns") {
  CHECK(terminal_text("A **long** [word](x.md) of `*code*` [1, 2]\nand *more*.\n", 20) ==
        "A long word of\n*code* [1, 2] and\nmore.\n");
  CHECK(terminal_text("- one two three\n  four\n- five\n\nend\n", 12) ==
        "- one two\n  three four\n- five\n\nend\n");
  CHECK(terminal_text("## Head\n\n```yaml\na:  b\n\nc\n```\n", 20) == "Head\n\n    a:  b\n\n    c\n");
  CHECK(terminal_text("| a | b |\n|---|---|\n| `x|y` | long text here |\n| w | |\n", 18) ==
        "  a    b\n  x|y  long text\n       here\n  w\n");
}
