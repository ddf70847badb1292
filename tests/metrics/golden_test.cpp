/// All metrics against scikit-learn on random cases. tests/support/make_metric_golden.py made the numbers and
/// says how.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "metrics/evaluator.hpp"
#include "support/source_folder.hpp"

namespace {

struct Case {
  int classes = 0;
  std::size_t images = 0;
  std::uint64_t seed = 0;
  int levels = 0, exponent = 0, boost = 0, truth_classes = 0, muted = 0;
  std::vector<double> suite;
  std::size_t chosen = 0;
  std::vector<double> of_class;
  std::uint64_t checksum = 0;
};

// operator>> does not read "nan".
std::vector<double> numbers(std::istream& in, std::size_t count) {
  std::vector<double> read;
  for (std::string word; read.size() < count && in >> word;)
    read.push_back(std::strtod(word.c_str(), nullptr));
  return read;
}

Case parse(const std::string& line) {
  std::istringstream in(line);
  char bar = 0;
  Case made;
  in >> made.classes >> made.images >> made.seed >> made.levels >> made.exponent >> made.boost >>
      made.truth_classes >> made.muted >> bar;
  made.suite = numbers(in, 14);
  in >> bar >> made.chosen;
  made.of_class = numbers(in, 6);
  in >> bar >> made.checksum;
  REQUIRE(in);
  return made;
}

std::vector<Case> golden_cases() {
  std::ifstream file(ablate::test::source_folder() / "tests/golden/metrics.txt");
  REQUIRE(file);
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    if (line[0] != '#') cases.push_back(parse(line));
  }
  return cases;
}

// Word `index` (from 0) of splitmix64's stream `seed`, the upper 31 bits.
std::uint64_t word(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return (z ^ (z >> 31)) >> 33;
}

// Each image takes a word for its truth and one for each class's logit.
void add_images(const Case& made, ablate::Evaluator& evaluator) {
  const auto classes = static_cast<std::size_t>(made.classes);
  std::vector<float> logits(classes);
  for (std::size_t i = 0; i < made.images; ++i) {
    const std::uint64_t first = i * (classes + 1);
    const std::uint64_t truth = word(made.seed, first) % static_cast<std::uint64_t>(made.truth_classes);
    for (std::size_t c = 0; c < classes; ++c) {
      const auto level =
          static_cast<int>(word(made.seed, first + 1 + c) % static_cast<std::uint64_t>(made.levels));
      double logit = std::ldexp(level - made.levels / 2, made.exponent);
      if (c == truth) logit += made.boost;
      if (c + static_cast<std::size_t>(made.muted) >= classes) logit -= 64.0;
      logits[c] = static_cast<float>(logit);
    }
    const auto label = static_cast<std::uint8_t>(truth);
    evaluator.add(logits, {&label, 1});
  }
}

// Within 1e-6 of the golden number; 1e-14 is what scikit-learn's own rounding may leave of a zero.
void check_near(double ours, double golden) {
  if (std::isnan(golden)) {
    CHECK(std::isnan(ours));
  } else {
    CHECK(std::abs(ours - golden) <= 1e-6 * std::abs(golden) + 1e-14);
  }
}

std::uint64_t checksum(const std::vector<std::uint32_t>& confusion) {
  std::uint64_t sum = 0;
  for (std::uint64_t entry = 0; entry < confusion.size(); ++entry)
    sum += confusion[entry] * (entry + 1) * (entry + 1);
  return sum;
}

}  // namespace

TEST_CASE("every metric agrees with scikit-learn on every golden case") {
  const std::vector<Case> cases = golden_cases();
  REQUIRE(cases.size() >= 200);
  for (const Case& made : cases) {
    CAPTURE(made.seed, made.classes, made.images);
    ablate::Evaluator evaluator(made.classes);
    add_images(made, evaluator);
    const ablate::Evaluation evaluation = evaluator.finish();
    for (std::size_t m = 0; m < made.suite.size(); ++m) {
      const ablate::Metric& metric = ablate::metric_table()[m];
      CAPTURE(metric.name, evaluation.suite.*metric.value, made.suite[m]);
      check_near(evaluation.suite.*metric.value, made.suite[m]);
    }
    const ablate::ClassMetrics& of_class = evaluation.classes[made.chosen];
    check_near(of_class.precision, made.of_class[0]);
    check_near(of_class.recall, made.of_class[1]);
    check_near(of_class.f1, made.of_class[2]);
    check_near(of_class.specificity, made.of_class[3]);
    check_near(of_class.auc_roc, made.of_class[4]);
    CHECK(static_cast<double>(of_class.support) == made.of_class[5]);
    CHECK(checksum(evaluation.confusion) == made.checksum);
  }
}
