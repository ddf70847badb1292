#pragma once
/// Classes and confusion of the variants that a page shows.

#include <vector>

#include "report/comparison.hpp"
#include "store/reader.hpp"

namespace ablate {

/// On the test images, for each of `shown_variants` with a finished run that recorded its classes: at
/// most 60.
std::vector<ClassView> read_class_views(const Reader& reader, const Comparison& comparison);

/// Names of `count` classes by the data set of the test images; their numbers from 0 where it gives no names.
std::vector<std::string> class_names(const Comparison& comparison, std::size_t count);

}  // namespace ablate
