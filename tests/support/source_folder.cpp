#include "support/source_folder.hpp"

namespace ablate::test {

std::filesystem::path source_folder() { return ABLATE_SOURCE_DIR; }

}  // namespace ablate::test
