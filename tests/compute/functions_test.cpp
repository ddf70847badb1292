#include "compute/functions.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/random.hpp"
#include "compute/normal.hpp"
#include "support/source_folder.hpp"

using namespace ablate;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// An exact value: the sum of the two.
struct Exact {
  double high = 0.0, low = 0.0;
};

double hexadecimal(std::istream& in) {
  std::string word;
  in >> word;
  return std::strtod(word.c_str(), nullptr);
}

/// Units in the last place of the exact value; those of the subnormal numbers are all of one size.
double error_in_ulp(double value, const Exact& exact) {
  if (exact.high == 0.0) return value == 0.0 ? 0.0 : infinity;
  const int exponent = std::max(std::ilogb(exact.high), -1022);
  return std::abs(std::scalbn(value - exact.high, 52 - exponent) - std::scalbn(exact.low, 52 - exponent));
}

double answer(const std::string& function, double x, std::istream& in) {
  if (function == "exp") return compute::exp(x);
  if (function == "log") return compute::log(x);
  if (function == "log1p") return compute::log1p(x);
  if (function == "cos_pi") return compute::cos_pi(x);
  if (function == "tanh") return compute::tanh(x);
  std::uint64_t exponent = 0;
  in >> exponent;
  return compute::power(x, exponent);
}

/// FNV-1a over the bits of numbers.
struct Bits {
  std::uint64_t hash = 0xcbf29ce484222325;
  void add(double value) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, bits >>= 8) hash = (hash ^ (bits & 0xff)) * 0x100000001b3;
  }
};

}  // namespace

TEST_CASE("every function stays within the error that its header states, against mpmath") {
  const std::map<std::string, double> stated = {{"exp", 0.98},    {"log", 0.86}, {"log1p", 0.84},
                                                {"cos_pi", 0.74}, {"tanh", 2.0}, {"power", 0.51}};
  std::map<std::string, int> seen;
  std::ifstream file(ablate::test::source_folder() / "tests/golden/functions.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    std::istringstream in(line);
    std::string function;
    in >> function;
    const double x = hexadecimal(in);
    const double value = answer(function, x, in);
    const double high = hexadecimal(in);
    const Exact exact{high, hexadecimal(in)};
    CAPTURE(line, value);
    CHECK(error_in_ulp(value, exact) <= stated.at(function));
    ++seen[function];
  }
  for (const auto& [function, error] : stated) {
    CAPTURE(function);
    CHECK(seen[function] > 100);
  }
}

TEST_CASE("functions give infinities and NaN where the exact ones do") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(compute::exp(710.0) == infinity);
  CHECK(compute::exp(infinity) == infinity);
  CHECK(compute::exp(-746.0) == 0.0);
  CHECK(compute::exp(-infinity) == 0.0);
  CHECK(std::isnan(compute::exp(none)));
  CHECK(compute::log(0.0) == -infinity);
  CHECK(compute::log(infinity) == infinity);
  CHECK(std::isnan(compute::log(-1.0)));
  CHECK(std::isnan(compute::log(none)));
  CHECK(compute::log1p(-1.0) == -infinity);
  CHECK(compute::log1p(infinity) == infinity);
  CHECK(std::isnan(compute::log1p(-1.5)));
  CHECK(std::isnan(compute::log1p(none)));
  CHECK(compute::cos_pi(0.5) == 0.0);
  CHECK(compute::cos_pi(-1.5) == 0.0);
  CHECK(std::isnan(compute::cos_pi(infinity)));
  CHECK(std::isnan(compute::cos_pi(none)));
  CHECK(compute::tanh(-infinity) == -1.0);
  CHECK(std::isnan(compute::tanh(none)));
  CHECK(compute::power(0.0, 0) == 1.0);
  CHECK(compute::power(200.0, 200) == infinity);
  CHECK(compute::power(-10.0, 401) == -infinity);
  CHECK(compute::power(0.5, 2000) == 0.0);
  CHECK(compute::power(0.0, 3) == 0.0);
}

TEST_CASE("the exponential of a normal range has the bits of the whole one") {
  Stream stream(1, "test/exp");
  for (int i = 0; i < 2000; ++i) {
    const double x = stream.uniform(-708.0, 709.0);
    CHECK(compute::exp_in_range(x) == compute::exp(x));
  }
}

// The expected bits are the same from g++ 12 and clang 14, -O0 to -O3, with and without fused multiply-add,
// and on aarch64.
TEST_CASE("functions give the same bits whatever compiled them") {
  Stream stream(1, "test/bits");
  Bits bits;
  for (int i = 0; i < 5000; ++i) {
    bits.add(compute::exp(stream.uniform(-745.0, 709.0)));
    bits.add(compute::log(stream.uniform(0.0, 10.0)));
    bits.add(compute::log1p(stream.uniform(-1.0, 300.0)));
    bits.add(compute::cos_pi(stream.uniform(-4.0, 4.0)));
    const double base = stream.uniform(0.5, 1.1);
    bits.add(compute::power(base, stream.below(1000)));
    bits.add(compute::normal(stream));
  }
  CHECK(fmt::format("{:016x}", bits.hash) == "d26084dbe1b37c09");
}

TEST_CASE("normal numbers have the moments of their distribution") {
  Stream stream(7, "test/normal");
  constexpr int count = 100'000;
  double sum = 0.0, squares = 0.0, fourth = 0.0;
  for (int i = 0; i < count; ++i) {
    const double z = compute::normal(stream);
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
  }
  CHECK(sum / count == Approx(0.0).margin(0.01));  // three standard errors
  CHECK(squares / count == Approx(1.0).margin(0.0135));
  CHECK(fourth / count == Approx(3.0).margin(0.094));
}
