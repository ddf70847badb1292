#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "cli/says.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("doctor goes on to its end over rows that nothing can read, and exits with 1") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1, 2}); }
  execute(file,
          "PRAGMA ignore_check_constraints = ON; UPDATE run SET status = 'won' WHERE seed = 1; "
          "INSERT INTO leak VALUES (99, 'kind', 'detail', 1)");
  const Said said = ablate_says({"doctor", "--db", file});
  CHECK(said.code == exit_runs_failed);
  CHECK_THAT(said.out, Contains("table run: its check (status IN ('planned'") &&
                           Contains("table leak: the run of 1 row is not there") &&
                           Contains("holds 'won', which its checks rule out") && !Contains("try:"));
  CHECK(ablate_says({"doctor", "--db", file, "--format", "json"}).code == exit_runs_failed);
}
