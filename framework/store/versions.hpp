#pragma once
/// Which schema a results file has.

#include <filesystem>
#include <string>
#include <vector>

namespace ablate {

/// The schema's version that this program writes.
int newest_schema_version();

/// That of a file, which may be older. Refuses, with RequestError, what Reader refuses but an older schema.
int schema_version_of(const std::filesystem::path& path);

/// What in a file's schema is not as ablate makes it, a sentence each: tables, triggers and views; Reader refuses such a
/// file. Reads nothing but the schema.
std::vector<std::string> schema_faults_of(const std::filesystem::path& path);

struct Versions {
  int before = 0, now = 0;
};

/// Brings a file that is there up to date in one transaction: what fails leaves it as it was.
Versions bring_up_to_date(const std::filesystem::path& path);

/// So that a reader takes the file: one of an older schema is brought up to date, and one that a killed process had
/// not filled yet is. False where there is none.
bool make_readable(const std::filesystem::path& path);

}  // namespace ablate
