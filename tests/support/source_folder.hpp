#pragma once
/// Where the project's own files are, for tests that read pages, configs and golden numbers.

#include <filesystem>

namespace ablate::test {

/// The top of the source tree that these tests were built from.
std::filesystem::path source_folder();

/// The program, built beside these tests; not linked where only a part of the framework is (ABLATE_TESTED).
std::filesystem::path built_program();

}  // namespace ablate::test
