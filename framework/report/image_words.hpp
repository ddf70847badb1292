#pragma once
/// The second level of chance in words and columns.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/fairness.hpp"
#include "text/table.hpp"

namespace ablate {

/// Some row of the answer has an interval over images.
bool knows_images(const Comparison& comparison);

/// "+0.0010 to +0.0280"; empty where there is none.
std::string images_text(const TwoLevels& images, int decimals);

/// What a reader must know of both levels, or why there is one alone.
std::string images_note(const Comparison& comparison);

/// Both sides had the same training images, as far as is known: nothing changes `data`, and the program trained them.
bool is_training_sample_fixed(const Comparison& comparison);

/// Words that do not reach to other images of the kind: of a difference from 0, or of one within the margin.
void add_other_images(std::vector<Warning>& warnings, const Comparison& comparison);

/// Columns of a file, and a row's values for them.
void add_image_columns(Table& table);
void add_image_values(std::vector<Value>& row, const TwoLevels& images);

}  // namespace ablate
