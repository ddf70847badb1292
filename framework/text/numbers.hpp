#pragma once
/// Numbers and counts as people read them.

#include <string>
#include <string_view>
#include <vector>

#include "base/value.hpp"

namespace ablate {

/// "3 seeds", "1 seed".
std::string counted(std::size_t n, std::string_view noun);

/// "0.0123"; "1.23e-13" and "1.2e+80" to the same place where so many digits would be no help to a reader: 1e9 and
/// more, and with more than nine decimals less than 1e-4. `decimals` may be less than 0: see text/decimals.hpp.
std::string digits_text(double number, int decimals);

/// "+0.0123", "−0.0123", "0.0000"; as digits_text.
std::string signed_text(double number, int decimals = 4);

/// "0.0313", "1": three digits; "–" for none.
std::string p_text(double p);

/// "A, B and C".
std::string list_text(const std::vector<std::string>& names);

/// "A, B, C and 4 more".
std::string names_text(const std::vector<std::string>& names, std::size_t most = 6);

/// "95%".
std::string confidence_text(double confidence);

/// A number for a file: NULL where it is not finite.
Value number_or_null(double number);
Value whole(std::size_t number);
/// A reason for a file: NULL where there is none.
Value text_or_null(std::string_view text);

}  // namespace ablate
