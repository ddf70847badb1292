#include "support/source_folder.hpp"

namespace ablate::test {

std::filesystem::path built_program() { return ABLATE_PROGRAM; }

}  // namespace ablate::test
