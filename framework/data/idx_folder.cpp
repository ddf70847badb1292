#include "data/idx_folder.hpp"

#include "data/files.hpp"

namespace ablate {

IdxFiles find_idx_folder(const std::filesystem::path& folder, bool with_test, const std::string& what,
                         const std::string& hint) {
  Search search(folder);
  IdxFiles files{search.find({"train-images-idx3-ubyte"}), search.find({"train-labels-idx1-ubyte"}), {}, {}};
  if (with_test) {
    files.test_images = search.find({"t10k-images-idx3-ubyte", "test-images-idx3-ubyte"});
    files.test_labels = search.find({"t10k-labels-idx1-ubyte", "test-labels-idx1-ubyte"});
  }
  search.refuse_missing(what, hint);
  return files;
}

}  // namespace ablate
