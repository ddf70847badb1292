#include "text/text_curve.hpp"

#include <cmath>
#include <stdexcept>

#include <catch2/catch.hpp>

using namespace ablate;
using Catch::Contains;

namespace {

TextCurve line(const std::string& name, const std::vector<double>& values) {
  TextCurve curve{name, {}};
  for (std::size_t i = 0; i < values.size(); ++i)
    curve.points.emplace_back(static_cast<double>(i + 1), values[i]);
  return curve;
}

}  // namespace

TEST_CASE("one curve in letters rises from the lower left to the upper right") {
  CHECK(draw_curves({line("accuracy", {0.0, 1.0, 2.0, 3.0})}, {.width = 4, .height = 4}) ==
        "3 +   *\n"
        "  |  *\n"
        "  | *\n"
        "0 +*\n"
        "   1  4 epoch\n"
        "   accuracy: 3 at epoch 4\n");
}

TEST_CASE("two curves in letters are A and B, a shared place is a star, and the ends are marked") {
  const std::string drawn =
      draw_curves({line("up", {0, 1, 2, 3, 4}), line("down", {4, 3, 2, 1, 0})}, {.width = 5, .height = 5});
  CHECK(drawn ==
        "4 +B   A A\n"
        "  | B A\n"
        "  |  *\n"
        "  | A B\n"
        "0 +A   B B\n"
        "   1   5 epoch\n"
        "   A up: 4 at epoch 5\n"
        "   B down: 0 at epoch 5\n");
}

TEST_CASE("braille has two by four dots a character, and the second curve is dotted") {
  // By hand: four dots across and eight down, the line in rows 7, 5, 2 and 0, steep pieces filled.
  const std::string drawn =
      draw_curves({line("up", {0, 1, 2, 3})}, {.width = 2, .height = 2, .braille = true});
  CHECK(drawn ==
        "3 ┤⠀⡜\n"
        "0 ┤⡰⠁\n"
        "   1 4 epoch\n"
        "   up: 3 at epoch 4\n");
  const std::string two = draw_curves({line("level", {1, 1, 1, 1}), line("zero", {0, 0, 0, 0})},
                                      {.width = 2, .height = 2, .braille = true});
  CHECK_THAT(two, Contains("1 ┤⠉⠉ A\n") && Contains("0 ┤⡀⢀ B\n"));
  CHECK_THAT(two, Contains("A (line) level: 1") && Contains("B (dotted) zero: 0"));
}

TEST_CASE("a value that is not finite leaves a gap, and a curve without one is named all the same") {
  const std::string drawn =
      draw_curves({line("a", {0, NAN, 2, 3}), line("b", {NAN, INFINITY})}, {.width = 4, .height = 4});
  CHECK(drawn ==
        "3 +   A A\n"
        "  |  A\n"
        "  |\n"
        "0 +A\n"
        "   1  4 epoch\n"
        "   A a: 3 at epoch 4\n"
        "   B b: no value\n");
  CHECK(draw_curves({line("b", {NAN})}, {}).empty());
  CHECK(draw_curves({}, {}).empty());
}

TEST_CASE("one epoch, and values that are all alike, are drawn in the middle of an axis with a width") {
  const std::string one = draw_curves({line("a", {0.5})}, {.width = 4, .height = 3});
  CHECK_THAT(one, Contains("0.505 +\n") && Contains(" |*\n") && Contains("0.495 +\n"));
  CHECK_THAT(draw_curves({line("a", {0, 0, 0})}, {.width = 3, .height = 3}), Contains("|***\n"));
}

TEST_CASE("the axis may span what comes after the first quarter, and what lies beyond is not drawn") {
  const TextPlot late{.width = 9, .height = 3, .unscaled_share = 0.25};
  const std::string drawn = draw_curves({line("a", {-90, -50, 8, 9, 10, 10, 9, 10, 10})}, late);
  CHECK(drawn.starts_with("10 +    ** **\n"));
  CHECK_THAT(drawn, Contains("\n 8 +  *\n"));
  CHECK_THAT(drawn, !Contains("90"));
}

TEST_CASE("numbers at the ends of what a double holds are drawn within the field") {
  constexpr double most = std::numeric_limits<double>::max();
  const std::string wide = draw_curves({{"a", {{1, -most}, {2, 0.0}, {3, most}}}}, {.width = 3, .height = 3});
  CHECK(wide ==
        " 1.798e+308 +  *\n"
        "            | *\n"
        "-1.798e+308 +*\n"
        "             1 3 epoch\n"
        "             a: 1.798e+308 at epoch 3\n");
  CHECK_FALSE(draw_curves({{"a", {{1, 1.7e308}, {2, -1.7e308}}}}, {}).empty());
  CHECK_FALSE(draw_curves({{"a", {{1, most}, {2, most}}}}, {.braille = true}).empty());
  CHECK_FALSE(draw_curves({{"a", {{1, 5e-324}, {2, 0.0}}}}, {}).empty());
}

TEST_CASE("names are safe on a terminal, and fields that hold nothing are refused") {
  CHECK_THAT(draw_curves({line("a\x1b[31m\n", {1, 2})}, {}), Contains("a\\x1b[31m\\n: 2"));
  CHECK_THROWS_AS(draw_curves({line("a", {1}), line("b", {1}), line("c", {1})}, {}), std::invalid_argument);
  CHECK_THROWS_AS(draw_curves({line("a", {1})}, {.width = 1, .height = 4}), std::invalid_argument);
}
