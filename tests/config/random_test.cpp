/// The design `random`.

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/digest.hpp"
#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;
using Names = std::vector<std::string>;

namespace {

Study drawn(int count, const std::string& space, int seed = 1) {
  return study_of(fmt::format("study: s\nvariants: {{random: {{count: {}, seed: {}, space: {{{}}}}}}}\n",
                              count, seed, space));
}

std::string refusal_of_space(const std::string& space) {
  return refusal_of("study: s\nvariants:\n  random:\n    count: 3\n    space:\n      " + space + "\n");
}

/// The stream of one key, made with the standard library's generator and its seeding.
std::mt19937_64 standard_stream(const std::string& path) {
  const Digest digest = Sha256().update("1/variants/random/" + path).finish();
  std::array<std::uint32_t, 8> words{};
  for (std::size_t i = 0; i < digest.size(); ++i) words[i / 4] = (words[i / 4] << 8) | digest[i];
  std::seed_seq sequence(words.begin(), words.end());
  return std::mt19937_64(sequence);
}

double uniform(std::mt19937_64& generator) { return static_cast<double>(generator() >> 11) * 0x1.0p-53; }

const char* const rate = "training.learning_rate.initial: {log_uniform: [1e-3, 1e-1]}";
const char* const dropout = "model.dropout: {uniform: [0, 0.5]}";

}  // namespace

TEST_CASE("random draws these very variants on every platform") {
  const Study study =
      drawn(4, fmt::format("{}, {}, model.hidden: {{int_uniform: [8, 64]}}, model.skip: {{choice: "
                           "[none, projection]}}",
                           rate, dropout));
  CHECK(names_of(study) == Names{"initial=0.02431,dropout=0.4533,hidden=44,skip=none",
                                 "initial=0.00567,dropout=0.3678,hidden=33,skip=none",
                                 "initial=0.004755,dropout=0.3024,hidden=53,skip=projection",
                                 "initial=0.004499,dropout=0.41,hidden=46,skip=projection"});
}

TEST_CASE("random draws what the standard library's generator says, to four digits") {
  const Study study = drawn(50, fmt::format("{}, {}", rate, dropout));
  auto rates = standard_stream("training.learning_rate.initial"), dropouts = standard_stream("model.dropout");
  REQUIRE(study.variants.size() == 50);
  for (const Variant& variant : study.variants) {
    const double initial = 1e-3 * std::pow(100.0, uniform(rates));
    CHECK(fmt::format("{:.4g}", variant.config.training.learning_rate.initial) ==
          fmt::format("{:.4g}", initial));
    CHECK(variant.config.model.dropout == std::stod(fmt::format("{:.4g}", 0.5 * uniform(dropouts))));
  }
}

TEST_CASE("a key does not change what another draws, and a seed changes all") {
  const Study one = drawn(5, rate), two = drawn(5, fmt::format("{}, {}", dropout, rate)),
              other = drawn(5, rate, 2);
  for (std::size_t i = 0; i < 5; ++i) {
    const auto initial = [&](const Study& study) {
      return study.variants[i].config.training.learning_rate.initial;
    };
    CHECK(initial(one) == initial(two));
    CHECK(initial(one) != initial(other));
  }
}

TEST_CASE("draws lie within their bounds, both included, and whole numbers reach both") {
  const Study study = drawn(57, "model.hidden: {int_uniform: [8, 64]}");
  std::vector<int> widths;
  for (const Variant& variant : study.variants) widths.push_back(variant.config.model.hidden.at(0));
  std::sort(widths.begin(), widths.end());
  for (int i = 0; i < 57; ++i) CHECK(widths[static_cast<std::size_t>(i)] == 8 + i);
  for (const Variant& variant : drawn(200,
                                      "model.dropout: {uniform: [0.123456, 0.123789]}, data.seed: "
                                      "{int_uniform: [1, 1000]}")
                                    .variants) {
    CHECK(variant.config.model.dropout >= 0.123456);
    CHECK(variant.config.model.dropout <= 0.123789);
  }
}

TEST_CASE("random draws no variant twice, and refuses a space with fewer than it wants") {
  const Study study =
      drawn(6, "model.hidden: {int_uniform: [8, 10]}, model.skip: {choice: [none, projection]}");
  CHECK(study.variants.size() == 6);
  CHECK_THAT(
      refusal_of("study: s\nvariants:\n  random:\n    count: 7\n    space:\n      model.hidden: "
                 "{int_uniform: [8, 10]}\n      model.skip: {choice: [none, projection, none]}\n"),
      StartsWith("s.yaml:4:12: variants.random wants 7 different variants, but its space holds 6\n  try: "
                 "count: 6"));
  CHECK_THAT(refusal_of_space("model.dropout: {uniform: [0.2, 0.2001]}"), Contains("but its space holds 2"));
}

TEST_CASE("a choice may be any value, of a list or a block too") {
  const Study study =
      drawn(4,
            "model.hidden: {choice: [[64], [64, 32]]}, training.optimizer: {choice: [{type: sgd, "
            "momentum: 0.9}, {type: adam}]}");
  Names names = names_of(study);
  std::sort(names.begin(), names.end());
  CHECK(names == Names{"hidden=64,optimizer=adam", "hidden=64,optimizer=sgd", "hidden=64-32,optimizer=adam",
                       "hidden=64-32,optimizer=sgd"});
}

TEST_CASE("a random space without bounds is refused with its place") {
  const std::string key = "model.dropout: ";
  CHECK_THAT(
      refusal_of_space(key + "{uniform: }"),
      StartsWith("s.yaml:6:32: variants.random.space.model.dropout.uniform: found nothing, expected two "
                 "bounds, numbers, the lower one first\n  try: uniform: [0.001, 0.1]"));
  CHECK_THAT(refusal_of_space(key + "{uniform: [0.1]}"),
             StartsWith("s.yaml:6:32: ") && Contains("two bounds"));
  CHECK_THAT(refusal_of_space(key + "{uniform: [0.2, 0.1]}"), Contains("the lower one first"));
  CHECK_THAT(refusal_of_space(key + "{uniform: [0.1, .inf]}"), Contains("two bounds"));
  CHECK_THAT(refusal_of_space(key + "{}"),
             StartsWith("s.yaml:6:22: variants.random.space.model.dropout: found a "
                        "mapping, expected one of choice, uniform"));
  CHECK_THAT(refusal_of_space(key + "uniform"), StartsWith("s.yaml:6:22: ") && Contains("found 'uniform'"));
  CHECK_THAT(refusal_of_space(key + "[0, 1]"), Contains("found a list"));
  CHECK_THAT(refusal_of_space(key + "{choice: []}"), Contains("expected a list of values"));
  CHECK_THAT(refusal_of_space(key + "{unifrm: [0, 0.5]}"),
             StartsWith("s.yaml:6:23: unknown distribution 'unifrm'") && Contains("did you mean 'uniform'?"));
}

TEST_CASE("bounds that the setting cannot have are refused with their place") {
  CHECK_THAT(
      refusal_of_space("model.dropout: {uniform: [0.1, 1]}"),
      StartsWith("s.yaml:6:38: variants.random.space.model.dropout.uniform: found '1', expected a number "
                 "from 0 to below 1"));
  CHECK_THAT(refusal_of_space("model.dropout: {log_uniform: [0, 0.5]}"), Contains("a lower bound above 0"));
  CHECK_THAT(refusal_of_space("training.epochs: {uniform: [1, 5]}"),
             Contains("training.epochs is a whole number, expected int_uniform or choice"));
  CHECK_THAT(refusal_of_space("training.epochs: {int_uniform: [1.5, 5]}"),
             Contains("two bounds, whole numbers"));
  CHECK_THAT(refusal_of_space("model.skip: {uniform: [0, 1]}"),
             Contains("model.skip is not a number, expected choice"));
  CHECK_THAT(
      refusal_of_space("model.skip: {choice: [none, projection, identity, none, nun]}"),
      StartsWith("s.yaml:6:63: model.skip: found 'nun', expected one of none, projection, identity, in "
                 "variants.random.space.model.skip.choice"));
  CHECK_THAT(refusal_of_space("model.skp: {choice: [none]}"),
             StartsWith("s.yaml:6:7: unknown setting 'model.skp' in variants.random.space"));
}

TEST_CASE("random needs a count and a space") {
  const auto refused = [](const std::string& random) {
    return refusal_of("study: s\nvariants: {random: " + random + "}\n");
  };
  CHECK_THAT(refused("{space: {model.dropout: {uniform: [0, 0.5]}}}"),
             StartsWith("s.yaml:2:20: variants.random has no count"));
  CHECK_THAT(refused("{count: 3}"), StartsWith("s.yaml:2:20: variants.random has no space"));
  CHECK_THAT(refused("{count: 3, space: {}}"),
             StartsWith("s.yaml:2:38: variants.random.space: found a mapping"));
  CHECK_THAT(refused("{count: 0, space: {}}"), StartsWith("s.yaml:2:28: variants.random.count: found '0'"));
  CHECK_THAT(refused("{count: 3, seed: -1, space: {model.dropout: {uniform: [0, 0.5]}}}"),
             StartsWith("s.yaml:2:37: variants.random.seed: found '-1'"));
  CHECK_THAT(refused("{count: 3, sed: 1}"), Contains("did you mean 'seed'?"));
  CHECK_THAT(refused("20"), Contains("expected count, seed and space"));
}
