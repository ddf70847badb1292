#include <algorithm>
#include <filesystem>
#include <set>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Runs of a study with the given metrics, two variants under two seeds, and the MLflow files of their export.
struct Exported {
  explicit Exported(const std::vector<std::string>& metrics) {
    std::string table = "lr,seed,epoch,test.accuracy", values;
    std::vector<std::string> words = {"import", "csv",  path("runs.csv"), "--study",
                                      "s",      "--db", path("a.db")};
    for (const std::string& name : metrics) {
      table += ",theirs" + std::to_string(words.size());
      words.insert(words.end(), {"--map", table.substr(table.rfind(',') + 1) + '=' + name});
      values += ",1.5";
    }
    for (const std::string run : {"0.1,1", "0.1,2", "0.2,1", "0.2,2"})
      table += '\n' + run + ",1,0.5" + values;
    folder.write("runs.csv", table + '\n');
    const test::Said imported = ablate_says(words);
    INFO(imported.err);
    REQUIRE(imported.code == exit_done);
    said = ablate_says({"export", "mlflow", "s", "--out", path("ml"), "--db", path("a.db")});
  }

  std::string path(const char* name) const { return (folder / name).string(); }

  /// Below folders of the name, "metrics" or "params".
  std::set<std::string> files(const std::string& kind) const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path("ml"))) {
      const std::string name = entry.path().string();
      const std::size_t at = name.rfind('/' + kind + '/');
      if (entry.is_regular_file() && at != std::string::npos) names.insert(name.substr(at + kind.size() + 2));
    }
    return names;
  }

  TemporaryFolder folder;
  test::Said said;
};

}  // namespace

TEST_CASE("metrics keep names that MLflow takes, with folders, and others that it would not are told") {
  const Exported plain({"val/acc", "val/top 5", "a:b"});
  CHECK(plain.said.code == exit_done);
  CHECK(plain.said.err.empty());
  CHECK(plain.files("metrics") == std::set<std::string>{"a:b", "test.accuracy", "val/acc", "val/top 5"});

  const Exported odd({"m@1", "ünï ☃", ".", "..", "../x", "a//b", "/c", "d/"});
  INFO(odd.said.err);
  CHECK(odd.said.code == exit_done);
  CHECK_THAT(odd.said.err,
             Contains("note: renamed for MLflow: . as _, .. as __, ") && Contains("../x as __"));
  CHECK(odd.files("metrics") ==
        std::set<std::string>{"_", "__", "___x", "_c", "_n_ _", "a__b", "d_", "m_1", "test.accuracy"});
}

TEST_CASE("metrics whose names MLflow would take for the same, or for another's folder, are exported apart") {
  const Exported exported({"test.f(1)", "test.f[1]", "val", "val/acc", "x/y", "x"});
  INFO(exported.said.err);
  CHECK(exported.said.code == exit_done);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(exported.path("ml"))) {
    if (entry.path().parent_path().filename() != "metrics" || !entry.is_regular_file()) continue;
    const std::string lines = read_file(entry.path(), 1000);
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 1);
  }
  CHECK(exported.files("metrics") ==
        std::set<std::string>{"test.accuracy", "test.f_1_", "test.f_1__2", "val", "val_acc", "x", "x_y"});
}

TEST_CASE("a setting of a script that is a block is no parameter beside its parts in MLflow") {
  Exported exported({});
  exported.folder.write("nested.sh", "echo '{\"epoch\": 1, \"test.accuracy\": 0.5}' >> $ABLATE_METRICS\n");
  exported.folder.write("nested.yaml",
                        "study: nested\ntrainer:\n  command: [sh, nested.sh]\n"
                        "  settings: {a: 1, opt: {name: sgd, betas: [0.9, 0.99], deep: {x: 1}}}\n"
                        "  metrics: {test.accuracy: up}\n"
                        "variants: {baseline: {a: 1}, grid: {a: [1, 2]}}\nseeds: 2\n");
  REQUIRE(ablate_says({"run", exported.path("nested.yaml"), "--db", exported.path("a.db"), "--out",
                       exported.path("report")})
              .code == exit_done);
  std::filesystem::remove_all(exported.path("ml"));
  ablate_says({"export", "mlflow", "nested", "--out", exported.path("ml"), "--db", exported.path("a.db")});
  CHECK(exported.files("params") ==
        std::set<std::string>{"a", "opt.betas", "opt.deep.x", "opt.name", "seed"});
}
