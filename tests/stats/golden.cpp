#include "stats/golden.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "support/source_folder.hpp"

namespace ablate::test {

std::vector<GoldenCase> golden(const std::string& name) {
  std::ifstream file(source_folder() / "tests/golden/stats" / (name + ".txt"));
  std::vector<GoldenCase> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    GoldenCase& added = cases.emplace_back(GoldenCase{line, {{}}});
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      if (word == "|") {
        added.groups.emplace_back();
      } else {
        added.groups.back().push_back(std::stod(word));
      }
    }
  }
  return cases;
}

Numbers in_4096ths(Numbers whole) {
  for (double& number : whole) number /= 4096.0;
  return whole;
}

void check_agree(std::span<const double> ours, std::span<const double> golden, double relative) {
  REQUIRE(ours.size() == golden.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    CAPTURE(i);
    if (std::isnan(golden[i])) {
      CHECK(std::isnan(ours[i]));
    } else {
      CHECK(ours[i] == Approx(golden[i]).epsilon(relative).margin(1e-15));
    }
  }
}

}  // namespace ablate::test
