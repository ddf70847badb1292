#include "support/source_folder.hpp"

namespace ablate::test {

std::filesystem::path source_folder() { return ABLATE_SOURCE_DIR; }
std::filesystem::path built_program() { return ABLATE_PROGRAM; }

}  // namespace ablate::test
