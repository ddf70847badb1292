// Elementary functions: their error in units in the last place against double precision, and the same bits from
// every instruction set.

#include "compute/elementwise.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "compute/dispatch.hpp"
#include "random_floats.hpp"

using namespace ablate;
using namespace ablate::compute;
using namespace ablate::test;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Every 4001st float between two of one sign, the ends included; padded to a multiple of 16.
AlignedFloats floats_between(float from, float to) {
  const auto bits = [](float x) {
    std::uint32_t u;
    std::memcpy(&u, &x, sizeof u);
    return u;
  };
  AlignedFloats floats;
  const std::uint32_t last = bits(to);
  for (std::uint32_t u = bits(from); u <= last; u += 4001) {
    float x;
    std::memcpy(&x, &u, sizeof x);
    floats.push_back(x);
  }
  do floats.push_back(to);
  while (floats.size() % 16 != 0);
  return floats;
}

/// The largest |y - exact(x)| in units in the last place of exact(x).
double worst_ulp(const AlignedFloats& x, const AlignedFloats& y, double (*exact)(double)) {
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double truth = exact(static_cast<double>(x[i]));
    const double ulp = std::ldexp(1.0, std::max(std::ilogb(truth), -126) - 23);
    worst = std::max(worst, std::abs(static_cast<double>(y[i]) - truth) / ulp);
  }
  return worst;
}

struct Range {
  float from, to;  ///< of one sign, `to` the larger magnitude
  double ulp;
};

void check_ulp(Map Elementwise::*function, double (*exact)(double), const std::vector<Range>& ranges) {
  for (const Range& range : ranges) {
    const AlignedFloats x = floats_between(range.from, range.to);
    AlignedFloats first;
    for (const Kernels* kernels : available_kernels()) {
      CAPTURE(kernels->name, range.from, range.to);
      AlignedFloats y(x.size());
      (kernels->elementwise.*function)(x.data(), y.data(), x.size());
      CHECK(worst_ulp(x, y, exact) <= range.ulp);
      if (first.empty()) first = y;
      CHECK(differing_bits(y, first) == 0);
    }
  }
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

struct Unit {
  const char* name;
  ActivationKernel Elementwise::*kernel;
  double (*value)(double);
  double (*slope)(double);
};

const Unit units[] = {
    {"relu", &Elementwise::relu, [](double x) { return x > 0 ? x : 0.0; },
     [](double x) { return x > 0 ? 1.0 : 0.0; }},
    {"leaky_relu", &Elementwise::leaky_relu, [](double x) { return x > 0 ? x : x / 100; },
     [](double x) { return x > 0 ? 1.0 : 0.01; }},
    {"tanh", &Elementwise::tanh_unit, [](double x) { return std::tanh(x); },
     [](double x) { return 1 - std::tanh(x) * std::tanh(x); }},
    {"sigmoid", &Elementwise::sigmoid_unit, sigmoid, [](double x) { return sigmoid(x) * (1 - sigmoid(x)); }},
    {"gelu", &Elementwise::gelu, [](double x) { return x * normal_cdf(x); },
     [](double x) { return normal_cdf(x) + x * std::exp(-x * x / 2) / std::sqrt(2 * M_PI); }}};

}  // namespace

TEST_CASE("exp is within 1.1 units in the last place of double precision") {
  check_ulp(&Elementwise::exp, [](double x) { return std::exp(x); },
            {{1e-8f, 88.2f, 1.1}, {-1e-8f, -87.3f, 1.1}});
}

TEST_CASE("tanh is within 2 units in the last place of double precision") {
  check_ulp(&Elementwise::tanh, [](double x) { return std::tanh(x); },
            {{1e-8f, 20.0f, 2.0}, {-1e-8f, -20.0f, 2.0}});
}

TEST_CASE("sigmoid is within 3 units in the last place of double precision") {
  check_ulp(&Elementwise::sigmoid, sigmoid, {{1e-8f, 80.0f, 3.0}, {-1e-8f, -87.0f, 3.0}});
}

TEST_CASE("erf is within 2 units in the last place of double precision") {
  check_ulp(&Elementwise::erf, [](double x) { return std::erf(x); },
            {{1e-8f, 9.0f, 2.0}, {-1e-8f, -9.0f, 2.0}});
}

TEST_CASE("the normal distribution function is within 6 units in the last place, in the tail too") {
  check_ulp(&Elementwise::normal_cdf, normal_cdf, {{1e-8f, 12.0f, 6.0}, {-1e-8f, -12.0f, 6.0}});
}

TEST_CASE("gelu is within 7 units in the last place, down to where it is 1e-30") {
  for (const Kernels* kernels : available_kernels())
    for (const auto& [from, to] : {std::pair(1e-8f, 12.0f), std::pair(-1e-8f, -11.5f)}) {
      CAPTURE(kernels->name, from, to);
      const AlignedFloats x = floats_between(from, to);
      AlignedFloats y(x.size());
      kernels->elementwise.gelu.value(x.data(), y.data(), x.size());
      CHECK(worst_ulp(x, y, [](double z) { return z * normal_cdf(z); }) <= 7.0);
    }
}

TEST_CASE("slopes are within 4e-7 of double precision at every float that a network meets") {
  for (const Unit& unit : units)
    for (const Kernels* kernels : available_kernels())
      for (const auto& [from, to] : {std::pair(1e-8f, 90.0f), std::pair(-1e-8f, -90.0f)}) {
        CAPTURE(unit.name, kernels->name, from, to);
        const AlignedFloats x = floats_between(from, to);
        AlignedFloats slope(x.size(), 1.0f);
        (kernels->elementwise.*unit.kernel).times_slope(x.data(), slope.data(), slope.data(), x.size());
        double worst = 0.0;
        for (std::size_t i = 0; i < x.size(); ++i)
          worst = std::max(worst,
                           std::abs(static_cast<double>(slope[i]) - unit.slope(static_cast<double>(x[i]))));
        CHECK(worst <= 4e-7);
      }
}

TEST_CASE("every activation and its slope are those of double precision, with the same bits everywhere") {
  for (const Unit& unit : units) {
    Stream stream(3, "test/activation");
    const AlignedFloats x = random_floats(4096, stream, -9.0, 9.0);
    AlignedFloats first;
    for (const Kernels* kernels : available_kernels()) {
      CAPTURE(unit.name, kernels->name);
      AlignedFloats y(x.size()), d(x.size(), 2.0f);
      (kernels->elementwise.*unit.kernel).value(x.data(), y.data(), x.size());
      (kernels->elementwise.*unit.kernel).times_slope(x.data(), d.data(), d.data(), x.size());
      double worst = 0.0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const auto z = static_cast<double>(x[i]);
        worst = std::max(worst, std::abs(static_cast<double>(y[i]) - unit.value(z)));
        worst = std::max(worst, std::abs(static_cast<double>(d[i]) - 2 * unit.slope(z)));
      }
      CHECK(worst < 2e-6);
      y.insert(y.end(), d.begin(), d.end());
      if (first.empty()) first = y;
      CHECK(differing_bits(y, first) == 0);
    }
  }
}

TEST_CASE("what is not a number stays none, and what overflows ends at the function's limit") {
  for (const Kernels* kernels : available_kernels()) {
    CAPTURE(kernels->name);
    AlignedFloats x(16), y(16);
    x[0] = not_a_number, x[1] = infinity, x[2] = -infinity;
    const auto of = [&](Map function) {
      function(x.data(), y.data(), x.size());
      CHECK(std::isnan(y[0]));
      return std::pair(y[1], y[2]);
    };
    CHECK(of(kernels->elementwise.exp).second == 0.0f);
    CHECK(of(kernels->elementwise.tanh) == std::pair(1.0f, -1.0f));
    CHECK(of(kernels->elementwise.sigmoid).first == 1.0f);
    CHECK(of(kernels->elementwise.erf) == std::pair(1.0f, -1.0f));
    CHECK(of(kernels->elementwise.normal_cdf).first == 1.0f);
    for (const Unit& unit : units) of((kernels->elementwise.*unit.kernel).value);
  }
}

TEST_CASE(
    "softmax is that of double precision, sums its classes in the documented order, and clears what is beyond them") {
  for (const std::size_t classes :
       {std::size_t{1}, std::size_t{2}, std::size_t{16}, std::size_t{47}, std::size_t{100}}) {
    Stream stream(classes, "test/softmax");
    const AlignedFloats logits = random_floats((classes + 15) / 16 * 16, stream, -20.0, 20.0);
    AlignedFloats first;
    for (const Kernels* kernels : available_kernels()) {
      CAPTURE(kernels->name, classes);
      AlignedFloats row = logits;
      float maximum = 0.0f;
      const float sum = kernels->softmax(row.data(), classes, classes / 2, maximum);
      double exact = 0.0;
      for (std::size_t c = 0; c < classes; ++c)
        exact += std::exp(static_cast<double>(logits[c]) - static_cast<double>(maximum));
      CHECK(maximum ==
            *std::max_element(logits.begin(), logits.begin() + static_cast<std::ptrdiff_t>(classes)));
      CHECK(sum == Approx(exact).epsilon(1e-6));
      for (std::size_t c = 0; c < row.size(); ++c) {
        const double p = c < classes
                             ? std::exp(static_cast<double>(logits[c]) - static_cast<double>(maximum)) / exact
                             : 0.0;
        CHECK(row[c] == Approx(p - (c == classes / 2)).margin(1e-6));
      }
      row.push_back(sum);
      if (first.empty()) first = row;
      CHECK(differing_bits(row, first) == 0);
    }
  }
}

TEST_CASE("softmax has the bits of plain loops in the documented order") {
  const Kernels& plain = kernels_named("portable");
  for (const std::size_t classes : {std::size_t{3}, std::size_t{16}, std::size_t{47}, std::size_t{130}}) {
    Stream stream(classes, "test/softmax/plain");
    const std::size_t padded = (classes + 15) / 16 * 16;
    const AlignedFloats logits = random_floats(padded, stream, -40.0, 40.0);
    const float top =
        *std::max_element(logits.begin(), logits.begin() + static_cast<std::ptrdiff_t>(classes));
    AlignedFloats shifted(padded), e(padded);
    for (std::size_t c = 0; c < padded; ++c) shifted[c] = logits[c] - top;
    plain.elementwise.exp(shifted.data(), e.data(), padded);
    float sums[16] = {};
    for (std::size_t c = 0; c < padded; ++c) {
      if (c >= classes || shifted[c] < -60.0f) e[c] = 0.0f;
      sums[c % 16] += e[c];
    }
    for (std::size_t half = 8; half > 0; half /= 2)
      for (std::size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
    const float factor = 1.0f / sums[0];
    for (std::size_t c = 0; c < padded; ++c) e[c] *= factor;
    e[classes - 1] -= 1.0f;
    for (const Kernels* kernels : available_kernels()) {
      CAPTURE(kernels->name, classes);
      AlignedFloats row = logits;
      float maximum = 0.0f;
      CHECK(kernels->softmax(row.data(), classes, classes - 1, maximum) == sums[0]);
      CHECK(differing_bits(row, e) == 0);
    }
  }
}

TEST_CASE("adding and multiplying element by element have the bits of plain loops") {
  Stream stream(6, "test/add");
  for (const std::size_t size : {std::size_t{16}, std::size_t{48}, std::size_t{208}}) {
    const AlignedFloats x = random_floats(size, stream), y = random_floats(size, stream);
    AlignedFloats sum = y, product = y;
    for (std::size_t i = 0; i < size; ++i) sum[i] += x[i], product[i] *= x[i];
    for (const Kernels* kernels : available_kernels()) {
      CAPTURE(kernels->name, size);
      AlignedFloats added = y, multiplied = y;
      kernels->elementwise.add(x.data(), added.data(), size);
      kernels->elementwise.multiply(x.data(), multiplied.data(), size);
      CHECK(differing_bits(added, sum) == 0);
      CHECK(differing_bits(multiplied, product) == 0);
    }
  }
}

TEST_CASE("subnormal numbers are numbers to every function and step") {
  constexpr float tiny = 0x1p-140f;
  for (const Kernels* kernels : available_kernels()) {
    CAPTURE(kernels->name);
    AlignedFloats x(16, tiny), y(16);
    const auto of = [&](Map function) {
      function(x.data(), y.data(), x.size());
      return y[0];
    };
    CHECK(of(kernels->elementwise.tanh) == tiny);
    CHECK(of(kernels->elementwise.erf) == Approx(tiny * 2 / std::sqrt(M_PI)).epsilon(0.01));
    CHECK(of(kernels->elementwise.relu.value) == tiny);
    CHECK(of(kernels->elementwise.gelu.value) == tiny / 2);
    y.assign(16, tiny);
    kernels->elementwise.add(x.data(), y.data(), y.size());
    CHECK(y[0] == 2 * tiny);
    kernels->steps.scale(y.data(), 0.5f, y.size());
    CHECK(y[0] == tiny);
    kernels->steps.add_scaled(y.data(), 0.5f, x.data(), y.size());
    CHECK(y[0] == 1.5f * tiny);
  }
}

TEST_CASE("softmax of a logit that is not finite is not a number") {
  for (const Kernels* kernels : available_kernels())
    for (const float wrong : {not_a_number, infinity, -infinity}) {
      CAPTURE(kernels->name, wrong);
      AlignedFloats row(16);
      row[3] = wrong;
      float maximum = 0.0f;
      CHECK(std::isnan(kernels->softmax(row.data(), 5, 0, maximum)));
    }
}

TEST_CASE("a probability below e^-60 is 0, so that no product with it is subnormal") {
  for (const Kernels* kernels : available_kernels()) {
    AlignedFloats row(16);
    row[0] = 61.0f, row[1] = 1.5f;
    float maximum = 0.0f;
    kernels->softmax(row.data(), 3, 0, maximum);
    CHECK(row[1] > 0.0f);
    CHECK(row[2] == 0.0f);
  }
}

TEST_CASE("the sum of squares takes sixteen partial sums in double precision and adds them by halves") {
  Stream stream(4, "test/squares");
  const AlignedFloats x = random_floats(1600, stream);
  double partial[16] = {};
  for (std::size_t i = 0; i < x.size(); ++i)
    partial[i % 16] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  for (std::size_t half = 8; half > 0; half /= 2)
    for (std::size_t i = 0; i < half; ++i) partial[i] += partial[i + half];
  for (const Kernels* kernels : available_kernels())
    CHECK(kernels->sums.squares(x.data(), x.size()) == partial[0]);
}

TEST_CASE("one element that is not finite is found wherever it lies") {
  for (const Kernels* kernels : available_kernels())
    for (const std::size_t place : {std::size_t{0}, std::size_t{17}, std::size_t{63}}) {
      AlignedFloats x(64, 3e38f);
      CHECK(kernels->sums.all_finite(x.data(), x.size()));
      for (const float wrong : {infinity, -infinity, not_a_number}) {
        x[place] = wrong;
        CHECK_FALSE(kernels->sums.all_finite(x.data(), x.size()));
      }
    }
}
