#pragma once
/// What a report shows of the images themselves.

#include <string>
#include <vector>

#include "report/image_views.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Images from where the runs' configurations say that they are, `sets` before them, and weights from the database,
/// which must outlive it. Where images are missing or others than those of the runs, and where no weights were kept,
/// it gives nothing and says why.
ImageSource image_source(const Reader& reader, std::vector<std::string> sets = {});

}  // namespace ablate
