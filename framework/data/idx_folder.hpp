#pragma once
/// IDX files by the names that MNIST gave them.

#include "data/idx.hpp"

namespace ablate {

/// "train-images-idx3-ubyte" and its neighbours, those of the test set with "t10k" or "test" in front, plain or
/// gzipped. Where `with_test` is false, the test set is left out. Throws RequestError: `what`, the names that
/// are missing, and `hint`.
IdxFiles find_idx_folder(const std::filesystem::path& folder, bool with_test, const std::string& what,
                         const std::string& hint);

}  // namespace ablate
