#pragma once
/// A variant's settings, one by one, from its `config`.

#include <string>
#include <vector>

#include "store/records.hpp"

namespace ablate {

/// The settings of canonical YAML as config_writer.hpp makes it: full keys in the order of the text, and
/// values typed as those of factors are: numbers are numbers, a list of one number is that number, another
/// list or a mapping in braces is its text, quoted text loses its quotes, as a key does, null is nothing. A block inside a
/// block comes before its settings, with the value of the first of them: `training.learning_rate` is its
/// schedule. Lines of any other form are passed over.
std::vector<FactorRecord> settings_of(const std::string& config);

/// Of a variant's id, a key and a value: how they get into the file.
inline constexpr const char* insert_setting =
    "INSERT OR REPLACE INTO setting(variant_id, key, value) VALUES (?, ?, ?)";

}  // namespace ablate
