#pragma once
/// Tables as a terminal shows them: no line is longer than its row of characters.

#include <cstddef>
#include <string>

#include "cli/console.hpp"
#include "text/table.hpp"

namespace ablate {

struct Fitting {
  bool drops_constants = false;  ///< columns that say the same in every row are left out, and listed below
  bool cuts_texts = true;        ///< long texts end in "…"; else they are broken into lines
};

/// The table for a terminal of `width` columns, as text. What does not fit goes into further blocks below,
/// each with the first column again.
std::string fitted_table(const Table& table, std::size_t width, const Fitting& fitting);

/// On stdout: fitted where that is a terminal and the format is for eyes, else as `render` writes it.
void print_table(Console& console, const Table& table, Format format, const Fitting& fitting = {});

}  // namespace ablate
