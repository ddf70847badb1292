#pragma once
/// One study's page: what it asks, what became of its runs.

#include "cli/sections.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Facts, variants with their runs, notes.
void write_study_page(Sections& page, const Reader& reader, const StudyRecord& study);

}  // namespace ablate
