#include "report/pair/image_pair.hpp"

#include <stdexcept>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace ablate;
using Catch::Contains;

namespace {

using Guesses = std::vector<std::uint8_t>;

/// Forty images, all of class 0 but the last ten: 20 both right, 8 only A, 2 only B, 10 neither.
ImageRecords forty() {
  ImageRecords records;
  records.class_names = {"zero", "one", "two"};
  records.truth = Guesses(40, 0);
  for (std::size_t i = 30; i < 40; ++i) records.truth[i] = 1;
  Guesses a(40, 2), b(40, 2);
  for (std::size_t i = 0; i < 28; ++i) a[i] = 0;
  for (std::size_t i = 0; i < 20; ++i) b[i] = 0;
  b[38] = b[39] = 1;
  records.first = {{1, 1, a}};
  records.second = {{2, 1, b}};
  return records;
}

}  // namespace

TEST_CASE("two runs over the same images have McNemar's exact p, in the order B - A") {
  const ImagePair pair = compare_guesses(forty(), 0.95);
  REQUIRE(pair.runs.size() == 1);
  CHECK_FALSE(pair.all);
  const ImageRow& row = pair.runs.front();
  CHECK(row.first_accuracy == Approx(28.0 / 40));
  CHECK(row.compared.difference == Approx(-6.0 / 40));
  CHECK(row.compared.p == 112.0 / 1024);  // by hand: 2 (1 + 10 + 45) / 2^10
  CHECK_THAT(render(image_table(pair, false), Format::csv),
             Contains("1,0.7,0.55,-0.15") && Contains(",8,2,0.109\n"));
  CHECK_THAT(render(image_table(pair, true), Format::csv), Contains(",8,2,0.109375\n"));
}

TEST_CASE("runs of several seeds are pooled with each image counted once") {
  ImageRecords records = forty();
  // The same networks under another seed: stacked, they would give 16 against 4 and a p of 0.012.
  records.first.push_back(records.first.front());
  records.second.push_back(records.second.front());
  records.first[1].seed = records.second[1].seed = 2;
  const ImagePair pair = compare_guesses(records, 0.95);
  REQUIRE(pair.all);
  CHECK(pair.all->compared.only_second == 8);
  CHECK(pair.all->compared.only_first == 2);
  CHECK(pair.all->compared.p == 112.0 / 1024);
  CHECK(pair.all->compared.interval.interval.low == pair.runs[0].compared.interval.interval.low);
  const Table table = image_table(pair, false);
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[2][0] == Value(std::string("all")));
  CHECK_THAT(fmt::format("{}", fmt::join(image_notes(pair), " ")),
             Contains("count every image 2 times (Eliasziw and Donner 1991; Durkalski et al. 2003)"));
}

TEST_CASE("the classes where the two differ most come first, and those without an image are left out") {
  const ImagePair pair = compare_guesses(forty(), 0.95);
  REQUIRE(pair.classes.size() == 2);
  CHECK(pair.classes[0].label == 0);
  CHECK(pair.classes[0].row.compared.difference == Approx(-8.0 / 30));
  CHECK(pair.classes[1].row.compared.difference == Approx(2.0 / 10));
  // By hand: 2 / 2^8 and 2 / 2^2, Holm's 2 x 2 / 2^8.
  CHECK(pair.classes[0].row.compared.p == 2.0 / 256);
  CHECK(pair.classes[0].holm_p == 4.0 / 256);
  CHECK(pair.classes[1].holm_p == 0.5);
}

TEST_CASE("images that one gets right and the other does not are named with what each says") {
  const ImagePair pair = compare_guesses(forty(), 0.95);
  CHECK(pair.examples.size() == 10);
  const std::string shown = render(example_table(pair, false), Format::csv);
  CHECK_THAT(shown, Contains("A,20,zero,zero,two,1,0\n") && Contains("A,24,") && !Contains("A,25,"));
  CHECK_THAT(shown, Contains("B,38,one,two,one,0,1\n") && Contains("B,39,"));
  CHECK_THAT(render(example_table(pair, true), Format::csv), Contains("A,27,"));
}

TEST_CASE("of several runs, the images on which they agree most come first, with what most of them say") {
  ImageRecords records;
  records.class_names = {"x", "y", "z"};
  records.truth = {0, 0, 1};
  records.first = {{1, 1, {0, 0, 0}}, {3, 2, {1, 0, 2}}, {5, 3, {0, 0, 2}}};
  records.second = {{2, 1, {1, 2, 1}}, {4, 2, {1, 2, 1}}, {6, 3, {1, 1, 0}}};
  const ImagePair pair = compare_guesses(records, 0.95);
  REQUIRE(pair.examples.size() == 3);
  CHECK(pair.examples[0].image == 1);
  CHECK(pair.examples[0].second_guess == 2);
  CHECK(pair.examples[1].image == 0);
  CHECK(pair.examples[1].first == Approx(2.0 / 3));
  CHECK(pair.examples[2].second == Approx(2.0 / 3));
  CHECK(pair.examples[2].first_guess == 2);
}

TEST_CASE("leaked test images mark every share, and say what that means") {
  ImageRecords records = forty();
  records.leaked = true;
  const ImagePair pair = compare_guesses(records, 0.95);
  CHECK(image_table(pair, false).columns[1].name == "accuracy A †");
  CHECK_THAT(image_notes(pair).back(), Contains("† Leaked"));
}

TEST_CASE("runs over different images, or without a partner, are not compared") {
  ImageRecords shorter = forty(), alone = forty(), no_class = forty();
  shorter.second[0].classes.pop_back();
  alone.second.clear();
  no_class.truth[3] = 7;
  for (const ImageRecords& records : {shorter, alone, no_class})
    CHECK_THROWS_AS(compare_guesses(records, 0.95), std::invalid_argument);
}
