#include "compute/dispatch.hpp"

#include <cstdlib>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace ablate;
using namespace ablate::compute;

TEST_CASE("portable kernels are there on every processor, and each set has its own name") {
  std::set<std::string> names;
  for (const Kernels* kernels : available_kernels()) names.insert(kernels->name);
  CHECK(names.size() == available_kernels().size());
  CHECK(std::string(available_kernels().back()->name) == "portable");
  for (const std::string& name : names) CHECK(kernels_named(name).name == name);
}

TEST_CASE("kernels that this processor does not have are refused with the choices") {
  CHECK_THROWS_WITH(kernels_named("avx1024"),
                    Catch::Contains("no kernels named \"avx1024\"") && Catch::Contains("portable"));
  CHECK_THROWS_AS(kernels_named(""), RequestError);
}

TEST_CASE("a process uses the fastest kernels unless ABLATE_KERNELS names others") {
  const char* forced = std::getenv("ABLATE_KERNELS");
  CHECK(std::string(kernels().name) == (forced && *forced ? forced : available_kernels().front()->name));
}
