#include "stats/divergence.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace ablate;

namespace {

std::vector<SeedOutcome> six_of_twelve_diverged() {
  std::vector<SeedOutcome> seeds(6, {.from = 0.80, .to = 0.85});
  seeds.insert(seeds.end(), 6, {.from = 0.80, .to_diverged = true});
  return seeds;
}

}  // namespace

TEST_CASE("a variant that diverged under half of its seeds is not better, however good the survivors are") {
  const SignTest test = sign_test_with_divergence(six_of_twelve_diverged(), Best::highest);
  CHECK(test.wins == 6);
  CHECK(test.losses == 6);
  CHECK(test.only_to_diverged == 6);
  CHECK(test.p == 1.0);
  CHECK(word_with_divergence(Word::better, test) == Word::cannot_say);
  CHECK(word_with_divergence(Word::better_within, test) == Word::cannot_say);
  CHECK(word_with_divergence(Word::same, test) == Word::cannot_say);
  CHECK(word_with_divergence(Word::worse, test) == Word::worse);
}

TEST_CASE("divergence of the other side is a win, and takes the word worse away") {
  std::vector<SeedOutcome> seeds(7, {.to = 0.3, .from_diverged = true});
  seeds.push_back({.from = 0.2, .to = 0.3});
  const SignTest test = sign_test_with_divergence(seeds, Best::lowest);
  CHECK(test.wins == 7);
  CHECK(test.losses == 1);
  CHECK(test.p == Approx(18.0 / 256.0));  // by hand: 2 (1 + 8) / 2^8
  CHECK(word_with_divergence(Word::worse, test) == Word::cannot_say);
  CHECK(word_with_divergence(Word::better, test) == Word::better);
}

TEST_CASE("ties and seeds in which both diverged count for neither; missing runs take no part") {
  const std::vector<SeedOutcome> seeds{{.from = 0.5, .to = 0.5},
                                       {.from_diverged = true, .to_diverged = true},
                                       {.from = 0.5},
                                       {.to_diverged = true},
                                       {}};
  const SignTest test = sign_test_with_divergence(seeds, Best::highest);
  CHECK(test.ties == 2);
  CHECK(test.wins + test.losses == 0);
  CHECK(test.p == 1.0);
  CHECK(std::isnan(sign_test_with_divergence({}, Best::highest).p));
  CHECK(word_with_divergence(Word::better, test) == Word::better);
}
