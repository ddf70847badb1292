#pragma once
/// What users see is compared with an approved file, which `ABLATE_UPDATE=1 ./ablate test` rewrites.

#include <filesystem>
#include <string>

namespace ablate::test {

/// Fails where the file at `path_in_repo` does not hold exactly `text`; with ABLATE_UPDATE=1 writes it
/// instead.
void approve(const std::filesystem::path& path_in_repo, const std::string& text);

}  // namespace ablate::test
