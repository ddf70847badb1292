#pragma once
/// Arrays of NumPy: the bytes of a .npy file. Format: NumPy Enhancement Proposal 1, versions 1 to 3.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

class NpyArray {
 public:
  /// Reads the header of `bytes`, which must outlive the array. `name` stands for it in messages. Throws
  /// RequestError for what is no array of numbers, or shorter or longer than its header says.
  NpyArray(std::string_view bytes, std::string name);

  const std::vector<std::size_t>& shape() const { return shape_; }
  std::size_t size() const { return size_; }  ///< elements
  double at(std::size_t i) const;             ///< in the order of rows, however they lie in the file
  const std::string& name() const { return name_; }
  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const;

 private:
  void read_header(std::string_view header);
  std::size_t place_of(std::size_t i) const;

  std::string name_;
  std::vector<std::size_t> shape_;
  std::size_t size_ = 1;
  char kind_ = 'u';  ///< u, i, f or b
  bool big_endian_ = false;
  bool is_by_columns_ = false;  ///< Fortran's order
  std::size_t width_ = 1;       ///< bytes of an element
  std::string_view data_;
};

}  // namespace ablate
