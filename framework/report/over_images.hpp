#pragma once
/// The second level of chance: what a difference is worth on other test images of the kind.

#include "report/comparison.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Fills the two levels of every row of the answer from the predicted classes that runs keep. A row's seeds are those
/// under which both sides have predictions in each of its settings; it says why where there is no interval. The
/// confidence is what Bonferroni leaves each row of the family. Reads the runs that `known` lacks, of one seed at a
/// time.
void add_image_levels(Comparison& comparison, const Reader& reader, const KeptGuesses& known = {});

}  // namespace ablate
