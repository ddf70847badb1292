#pragma once
/// The same study means the same images: data are recognised by their SHA-256 and the names of their classes,
/// wherever they are.

#include "config/study.hpp"
#include "data/dataset.hpp"
#include "runner/dataset_cache.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Throws RequestError, naming both hashes or names, where `dataset` is not what the run used, or where its
/// classes have other names. `remedy` says what to try.
void check_same_data(const Reader& reader, const RunRecord& run, const Dataset& dataset,
                     const std::string& remedy);

/// The same for every run of the study that was begun: a study does not go on with other images than those it
/// began with. Says nothing of variants that the file does not hold yet.
void check_same_data(const Reader& reader, const Study& study, DatasetCache& datasets);

}  // namespace ablate
