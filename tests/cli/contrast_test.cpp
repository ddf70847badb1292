#include <filesystem>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

const std::string study =
    "# Does the skip matter at every width?\nstudy: widths\n"
    "data: {source: glyphs, train_images: 470, test_images: 94}\ntraining: {epochs: 2}\n"
    "variants: {baseline: {model.skip: none, model.hidden: [8]}, grid: {model.skip: [none, projection], model.hidden: "
    "[[8], [16]]}}\nseeds: 3\n";

/// Two widths with and without the skip, three seeds.
struct Trained {
  TemporaryFolder folder;
  std::string database = (folder / "a.db").string();
  Trained() {
    fill_shared(folder, "contrast_test", [this] {
      const std::string file = (folder / "widths.yaml").string();
      write_file(file, study);
      const Said said = ablate_says(
          {"run", file, "-j", "1", "--db", database, "--quiet", "--out", (folder / "report").string()});
      INFO(said.err);
      REQUIRE(said.code == exit_done);
    });
  }
};

const Trained& trained() {
  static const Trained once;
  return once;
}

nlohmann::json as_json(std::vector<std::string> words) {
  words.insert(words.end(), {"--db", trained().database, "--format", "json"});
  const Said said = ablate_says(words);
  INFO(said.err);
  REQUIRE(said.code == exit_done);
  return nlohmann::json::parse(said.out);
}

std::string refused(std::vector<std::string> words) {
  words.insert(words.end(), {"--db", trained().database});
  const Said said = ablate_says(words);
  CHECK(said.code == exit_wrong_request);
  CHECK(said.out.empty());
  return said.err;
}

}  // namespace

TEST_CASE(
    "compare tells a factor's effect by the levels of another, from the pairs that runs --contrast lists") {
  const auto page = as_json({"compare", "skip", "--by", "hidden"});
  const auto& rows = page["The contrasts"];
  REQUIRE(rows.size() == 3);
  CHECK((rows[0]["kind"] == "pooled" && rows[1]["level"] == "8" && rows[2]["level"] == "16"));
  CHECK_THAT(page["Answer"].get<std::string>(), Contains("skip"));
  const auto pairs = as_json({"runs", "widths", "--contrast", "skip"});
  REQUIRE(pairs.size() == 6);
  double narrow = 0.0;
  for (const auto& pair : pairs) {
    CHECK(pair["difference"].get<double>() == Approx(pair["to"].get<double>() - pair["from"].get<double>()));
    if (pair["setting"] == "hidden 8") narrow += pair["difference"].get<double>() / 3.0;
  }
  CHECK(rows[1]["mean"].get<double>() == Approx(narrow));
  // The study names no contrast: a report would ask for the first factor, by all others.
  CHECK_THAT(page["What it means"].get<std::string>(), Contains("this contrast was chosen afterwards"));
  CHECK_THAT(as_json({"compare", "skip"})["What it means"].get<std::string>(),
             !Contains("chosen afterwards"));
  CHECK_THAT(as_json({"compare", "skip", "--confidence", "0.9"})["What it means"].get<std::string>(),
             Contains("the confidence of 90% was chosen afterwards, uncorrected"));
  const auto turned = as_json({"compare", "hidden", "--from", "16", "--to", "8"});
  CHECK(turned["The contrasts"][0]["from"] == "16");
}

TEST_CASE("a factor, a level or options that do not fit are refused with the nearest right one") {
  CHECK_THAT(refused({"compare", "skp"}), Contains("skip"));
  CHECK_THAT(refused({"compare", "skip", "--to", "projektion"}), Contains("projection"));
  CHECK_THAT(refused({"compare", "skip", "--by", "dropout"}),
             Contains("ablate: --by: no variant changes 'dropout'\n  try: choices: model.hidden"));
  CHECK_THAT(refused({"compare", "skip", "--by", "skip"}), Contains("--by: model.skip is named twice"));
  CHECK_THAT(refused({"compare", "skp", "--study", "widths"}),
             Contains("ablate: FACTOR: no variant changes 'skp'"));
  CHECK_THAT(refused({"compare", "skip", "--images"}), Contains("two variants"));
  CHECK_THAT(
      refused({"compare", "widths/skip=none,hidden=8", "widths/skip=none,hidden=16", "--by", "hidden"}),
      Contains("--by"));
  CHECK_THAT(refused({"runs", "--contrast", "skip", "--where", "seed = 1"}), Contains("--where"));
  CHECK_THAT(refused({"runs", "--contrast", "dropout"}), Contains("no study varies a factor 'dropout'"));
}

TEST_CASE("a report shows the images on which the two sides differ, as the network sees them") {
  const std::string page = read_file(trained().folder / "report/index.html", std::size_t{16} << 20);
  CHECK_THAT(page, Contains("class=\"gallery\"") && Contains("<img src=\"data:image/bmp;base64,"));
  const std::string images = read_file(trained().folder / "report/tables/images.csv", 1 << 20);
  CHECK_THAT(images, Contains("which,image,truth,none says,projection says,none right,projection right") &&
                         Contains(" of 6"));  // two widths, three seeds
}

TEST_CASE("plan and run warn of a grid without a baseline before anything is trained") {
  const TemporaryFolder folder;
  const std::string file = (folder / "none.yaml").string();
  const std::string start =
      "study: none\ndata: {train_images: 470, test_images: 94}\nmodel: {hidden: [8]}\ntraining: {epochs: 1}\n"
      "seeds: 1\nvariants: {";
  const std::string grid = "grid: {model.skip: [none, projection]}}\n";
  const auto said = [&](const std::string& text, const char* command) {
    write_file(file, text);
    const Said done = ablate_says({command, file, "--db", (folder / "a.db").string()});
    CHECK(done.code == exit_done);
    return done.err;
  };
  CHECK_THAT(said(start + grid, "plan"), Contains("warning: no variant is the baseline") &&
                                             Contains("variants.baseline: {model.skip: ...}") &&
                                             Contains("--baseline VARIANT"));
  CHECK_THAT(said("study: five o'clock" + start.substr(start.find('\n')) + grid, "plan"),
             Contains("`ablate report 'five o'\\''clock' --baseline VARIANT`"));
  CHECK_THAT(said(start + "baseline: {model.skip: none}, " + grid, "plan"), !Contains("is the baseline"));
  CHECK_THAT(said(start + grid + "report: {contrast: {factor: skip}}\n", "plan"),
             !Contains("is the baseline"));
}

TEST_CASE("the report of a study whose images are gone says so and shows the rest") {
  const TemporaryFolder folder;
  const std::string database = (folder / "a.db").string(), data = (folder / "d").string();
  std::filesystem::create_directories(data);
  const auto table = [](int rows) {
    std::string text = "label,a,b,c,d\n";
    for (int i = 0; i < rows; ++i)
      text += std::to_string(i % 2) + "," + std::to_string(i % 2 * 200) + ",10,0," + std::to_string(i) + "\n";
    return text;
  };
  write_file(data + "/train.csv", table(40));
  write_file(data + "/test.csv", table(20));
  const std::string file = (folder / "own.yaml").string();
  write_file(
      file,
      "study: own\ndata: {source: csv, path: " + data +
          ", validation: 0}\nmodel: {hidden: [4]}\n"
          "training: {epochs: 1}\nseeds: 2\nvariants: {baseline: {model.skip: none}, grid: {model.skip: "
          "[none, projection]}}\n");
  const std::string out = (folder / "report").string();
  const Said ran = ablate_says({"run", file, "-j", "1", "--db", database, "--quiet", "--out", out});
  INFO(ran.err);
  REQUIRE(ran.code == exit_done);
  const auto page = [&] {
    return read_file(std::filesystem::path(out) / "index.html", std::size_t{16} << 20);
  };
  CHECK_THAT(page(), Contains("id=\"reliability\""));
  std::filesystem::remove_all(data);
  const Said again = ablate_says({"report", "own", "--db", database, "--out", out});
  CHECK(again.code == exit_done);
  CHECK_THAT(page(), !Contains("id=\"reliability\"") && Contains("Not drawn: ") &&
                         Contains("id=\"comparison-section\""));
}
