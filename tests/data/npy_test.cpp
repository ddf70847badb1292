#include "data/npy.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"

using namespace ablate;
using namespace std::string_literals;

namespace {

std::string npy(const std::string& type, bool by_columns, const std::string& shape, const std::string& data) {
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", type,
                                   by_columns ? "True" : "False", shape);
  header.resize(118, ' ');
  return "\x93NUMPY\x01\0\x76\0"s + header + data;
}

std::vector<double> values_of(const std::string& bytes) {
  const NpyArray array(bytes, "a.npy");
  std::vector<double> values;
  for (std::size_t i = 0; i < array.size(); ++i) values.push_back(array.at(i));
  return values;
}

}  // namespace

// The bits are NumPy's: numpy.array([...], "<f2").tobytes().
TEST_CASE("an array of half precision is read") {
  CHECK(values_of(npy("<f2", false, "(5,)", "\x66\x2e\x00\x3c\xff\x7b\x01\x00\x00\xc1"s)) ==
        std::vector{0.0999755859375, 1.0, 65504.0, 5.960464477539063e-08, -2.5});
  CHECK(values_of(npy(">f2", false, "(1,)", "\x3c\x00"s)) == std::vector{1.0});
}

// numpy.asfortranarray(numpy.arange(n).reshape(shape)).tobytes("A").
TEST_CASE("an array in the order of columns is read row by row") {
  CHECK(values_of(npy("|u1", true, "(2, 3)", "\0\3\1\4\2\5"s)) == std::vector<double>{0, 1, 2, 3, 4, 5});
  CHECK(values_of(npy("|u1", true, "(2, 2, 2)", "\0\4\2\6\1\5\3\7"s)) ==
        std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(values_of(npy("|u1", true, "(0, 3)", "")).empty());
}

TEST_CASE("an array of what is no number is refused with what to save") {
  CHECK_THROWS_WITH(values_of(npy("<U4", false, "(1,)", std::string(16, '\0'))), Catch::Contains("float32"));
}
