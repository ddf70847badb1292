#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/command.hpp"
#include "cli/says.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Two databases, each with the same study of two variants under one seed.
struct Trained {
  TemporaryFolder folder;
  std::string a = (folder / "a.db").string(), b = (folder / "b.db").string();
  Trained() {
    fill_shared(folder, "report_command_test", [this] { run(); });
  }
  void run() {
    const std::string file = (folder / "tiny.yaml").string();
    write_file(
        file,
        "# Does it?\nstudy: tiny\ndata: {source: glyphs, train_images: 470, test_images: 94}\n"
        "model: {hidden: [8]}\ntraining: {epochs: 1}\n"
        "variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\nseeds: 1\n");
    ablate_says({"run", file, "-j", "1", "--db", a, "--quiet", "--out", (folder / "run").string()});
    std::filesystem::copy_file(a, b);
  }

  /// Into a folder of the name `out`.
  Said report(const std::string& out, std::vector<std::string> words) const {
    words.insert(words.begin(), "report");
    words.insert(words.end(), {"--db", a, "--out", (folder / out).string()});
    return ablate_says(words);
  }
  bool has(const std::string& file) const { return std::filesystem::exists(folder / file); }
};

const Trained& trained() {
  static const Trained once;
  return once;
}

}  // namespace

TEST_CASE("report --format writes what is asked for, and its pages link to nothing else") {
  const Said said = trained().report("formats", {"tiny", "--format", "markdown,data"});
  CHECK(said.code == exit_done);
  CHECK(said.out == "report: " + (trained().folder / "formats/report.md").string() + "\n");
  const std::string page = read_file(trained().folder / "formats/report.md", 1 << 20);
  const std::size_t begins = said.err.find("answer: ");
  REQUIRE(begins != std::string::npos);
  const std::string answer = said.err.substr(begins + 8, said.err.find('\n', begins) - begins - 8);
  CHECK_THAT(page, Contains("**" + answer + "**"));
  CHECK(trained().has("formats/data/curves.csv"));
  for (const char* absent : {"formats/index.html", "formats/tables", "formats/figures"})
    CHECK_FALSE(trained().has(absent));
  CHECK_THAT(page, Contains("data/curves.csv") && !Contains("](tables/") && !Contains("](figures/"));
  const Said tables = trained().report("tables-alone", {"tiny", "--format", "tables"});
  CHECK(tables.out == "report: " + (trained().folder / "tables-alone").string() + "\n");
  CHECK(trained().has("tables-alone/tables/tables.tex"));
}

TEST_CASE("report --variants keeps the baseline, and --template changes the page") {
  write_file(trained().folder / "look/report.css", "h1 { color: teal; }");
  const Said said = trained().report("chosen", {"tiny", "--variants", "skip=none", "--format", "html",
                                                "--template", (trained().folder / "look").string()});
  CHECK(said.code == exit_done);
  const std::string page = read_file(trained().folder / "chosen/index.html", 1 << 22);
  CHECK_THAT(page, Contains("h1 { color: teal; }") && Contains("skip=none") && !Contains("skip=projection"));
}

TEST_CASE("report over several databases makes an overview, and one that lacks the study is passed over") {
  const Said said = trained().report("overview", {"tiny", "--db", trained().b, "--format", "html,markdown"});
  CHECK(said.code == exit_done);
  CHECK(trained().has("overview/tiny-a/index.html"));
  CHECK(trained().has("overview/tiny-b/index.html"));
  CHECK_THAT(read_file(trained().folder / "overview/report.md", 1 << 20),
             Contains("tiny (a.db)") && Contains("tiny (b.db)"));
}

TEST_CASE("report refuses what it cannot do with one message and the nearest name, and writes nothing") {
  struct Case {
    std::vector<std::string> words;
    const char* says;
  };
  const Case cases[] = {{{}, "STUDY... is missing"},
                        {{"tinny"}, "did you mean 'tiny'?"},
                        {{"tinny", "--db", trained().b}, "none of the databases has a study 'tinny'"},
                        {{"tiny", "tiny"}, "is given twice"},
                        {{"tiny", "--format", "htlm"}, "did you mean 'html'?"},
                        {{"tiny", "--format", "tables", "--open"}, "--open shows index.html"},
                        {{"tiny", "--variants", "skip=non"}, "did you mean 'skip=none'?"},
                        {{"tiny", "--metric", "test.acuracy"}, "did you mean 'accuracy'?"},
                        {{"tiny", "--template", "/no/such/folder"}, "cannot read the folder of templates"},
                        {{"tiny", "--db", "/no/such.db"}, "/no/such.db"}};
  for (const Case& one : cases) {
    const Said said = trained().report("refused", one.words);
    INFO(said.err);
    CHECK(said.code == exit_wrong_request);
    CHECK_THAT(said.err, Contains(one.says));
    CHECK(said.out.empty());
    CHECK_FALSE(trained().has("refused"));
  }
}
