#include "text/numbers.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "text/decimals.hpp"

using namespace ablate;

TEST_CASE("a number has the digits that its interval needs, with an exponent where they would help nobody") {
  const auto text = [](double number, double low, double high) {
    return signed_text(number, decimals_for_interval(low, high));
  };
  CHECK(text(0.0123, -0.001, 0.0234) == "+0.0123");
  CHECK(text(1.03e-5, 0.9e-5, 1.2e-5) == "+0.0000103");
  CHECK(text(-1.234e-13, -1.3e-13, -1.1e-13) == "−1.23e-13");
  CHECK(text(1234567.891, 1.1e6, 1.3e6) == "+1234568");
  CHECK(text(12.3456, 11.0, 14.0) == "+12.346");
  CHECK(text(1.23456e80, 1e80, 1.5e80) == "+1.2346e+80");
  CHECK(text(-1e160, -2e160, 3e160) == "−1.000e+160");
  CHECK(text(0.8, 0.8 - 1e-13, 0.8 + 1e-13) == "+0.80000000000000");
  CHECK(text(3e-16, -1e-13, 1e-13) == "0");
  // An end that is not 0 is not told as 0.
  CHECK(signed_text(0.00003, decimals_for_interval(0.00003, 0.0137)) == "+0.00003");
  CHECK(signed_text(-0.0000004, decimals_for_interval(-0.02, -0.0000004)) == "−0.0000004");
  CHECK(decimals_for_interval(0.0, 0.0137) == 4);
  CHECK(decimals_for_interval(1e-9, 0.0137) == 4);
  CHECK(signed_text(0.0, 14) == "0.00000000000000");
  CHECK(decimals_for_number(0.0) == 4);
  CHECK(decimals_for_number(std::numeric_limits<double>::infinity()) == 4);
  CHECK(decimals_for_number(std::numeric_limits<double>::denorm_min()) > 300);
}

TEST_CASE("a confidence that is not certain is not told as 100%") {
  CHECK(confidence_text(0.95) == "95%");
  CHECK(confidence_text(0.999999) == "99.9999%");
}
