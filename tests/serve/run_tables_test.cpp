#include <catch2/catch.hpp>

#include "cli/small_study.hpp"
#include "serve/served_page.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Json = nlohmann::json;

namespace {

/// A copy of the trained study's file that a test may spoil.
struct Copy {
  TemporaryFolder folder;
  std::filesystem::path database = folder / "copy.db";
  Copy() { std::filesystem::copy_file(trained().database, database); }
};

}  // namespace

TEST_CASE("the table of a long run's own metrics leaves epochs out, and says so") {
  const Copy copy;
  execute(
      copy.database,
      "WITH RECURSIVE all_of(epoch) AS (SELECT 1 UNION ALL SELECT epoch + 1 FROM all_of WHERE epoch < 60001) "
      "INSERT INTO epoch_value(run_id, split, metric, epoch, value) SELECT 1, 'validation', 'bleu', epoch, 0.5 FROM all_of");
  const Json tables = ServedPage(copy.database).json("/api/run?id=1")["tables"];
  const auto own = std::find_if(tables.begin(), tables.end(), [](const Json& one) {
    return one["title"] == "Metrics of its own, of every 121 epochs one, and the last";
  });
  REQUIRE(own != tables.end());
  const std::string html = (*own)["html"];
  CHECK(html.size() < 60'000);
  for (const char* epoch : {">121<", ">60001<"}) CHECK(html.find(epoch) != std::string::npos);
  CHECK(html.find(">120<") == std::string::npos);
}

TEST_CASE("a run's page shows no number as 0 that is none, and no digits that tell nothing") {
  const Copy copy;
  execute(copy.database,
          "INSERT INTO epoch_value(run_id, split, metric, epoch, value) VALUES (1, 'validation', 'tiny', 1, "
          "9.3e-8), (1, 'validation', 'big', 1, 926308087.2943), (1, 'validation', 'usual', 1, 0.03125), "
          "(1, 'validation', 'none', 1, 0), (1, 'validation', 'loss', 1, 12.34567)");
  const std::string tables = ServedPage(copy.database).json("/api/run?id=1")["tables"].dump();
  for (const char* shown : {">9.30e-08<", ">926308087<", ">0.0312<", ">0.0000<", ">12.3457<"}) {
    CAPTURE(shown, tables);
    CHECK(tables.find(shown) != std::string::npos);
  }
}
