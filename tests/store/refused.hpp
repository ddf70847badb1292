#pragma once
/// That a file is refused by all who open it.

#include <catch2/catch.hpp>

#include "store/query.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"

namespace ablate::test {

/// What Store, Reader and run_query say of a file; each must refuse it and name it.
inline std::vector<std::string> refusals(const std::filesystem::path& file) {
  StoreOptions options;
  options.busy_milliseconds = 0;
  const std::vector<std::string> messages = {refusal([&] { Store(file, options); }),
                                             refusal([&] { Reader{file}; }),
                                             refusal([&] { run_query(file, "SELECT 1", {}, {}); })};
  for (const std::string& message : messages) CHECK_THAT(message, Catch::Contains(file.string()));
  return messages;
}

inline void check_refused(const std::filesystem::path& file, const std::string& part) {
  for (const std::string& message : refusals(file)) CHECK_THAT(message, Catch::Contains(part));
}

}  // namespace ablate::test
