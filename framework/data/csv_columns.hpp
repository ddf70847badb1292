#pragma once
/// What the columns of a CSV file are: the label, the values of the image, an index to pass over.

#include <cstddef>
#include <string>
#include <vector>

#include "data/csv_file.hpp"

namespace ablate {

struct CsvColumns {
  std::size_t count = 0;  ///< of all columns
  std::size_t label = 0;
  std::vector<bool> is_value;      ///< of each column: it is a value of the image
  std::size_t values = 0;          ///< how many are
  std::vector<std::string> names;  ///< of the header; empty without one
};

/// Whether the row at hand is a header: names, or the numbers of the columns as pandas writes them (ten and more;
/// fewer could be an image).
bool is_header(const CsvFile& file);

/// What the row at hand, the first of its file, says of the columns. `label` is the setting `data.label`.
/// Throws RequestError with the place where no column, or none for sure, holds the labels.
CsvColumns find_columns(const CsvFile& file, const std::string& label);

/// The number that all of a text is, "1e-3" too; nothing for anything else. Infinities and NaN are none.
std::optional<double> plain_number(const std::string& text);

}  // namespace ablate
