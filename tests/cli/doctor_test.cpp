#include <cstdlib>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/says.hpp"
#include "compute/dispatch.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"
#include "support/source_folder.hpp"

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

TEST_CASE("doctor names the kernels that compute, and the variable where it chose them") {
  const Folder folder;
  const std::string used = compute::kernels().name, none = (folder / "none.db").string();
  const char* before = std::getenv("ABLATE_KERNELS");
  const std::string kept = before ? before : "";
  ::setenv("ABLATE_KERNELS", used.c_str(), 1);
  CHECK_THAT(ablate_says({"doctor", "--db", none, "--format", "csv"}).out,
             Contains(used + " (ABLATE_KERNELS names them), one thread per worker"));
  ::unsetenv("ABLATE_KERNELS");
  CHECK_THAT(ablate_says({"doctor", "--db", none, "--format", "csv"}).out,
             Contains(used + ", one thread per worker; this processor has "));
  if (before) ::setenv("ABLATE_KERNELS", kept.c_str(), 1);
}

TEST_CASE("the benchmarks hold no library back without saying by which variable") {
  const auto benchmarks = source_folder() / "experiments/benchmarks";
  const std::string variable = "OPENBLAS_CORETYPE";
  CHECK_THAT(read_file(benchmarks / "README.md", 1 << 20),
             Contains("removes " + variable + " from the environment"));
  CHECK_THAT(read_file(benchmarks / "peers/peers.py", 1 << 20), Contains("\"" + variable + "\""));
}
