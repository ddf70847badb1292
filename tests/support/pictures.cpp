#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

#include <catch2/catch.hpp>

#include "support/home.hpp"
#include "support/source_folder.hpp"

namespace ablate::test {
namespace {

/// Only a test that is tagged [pictures] draws: in any other, pictures are there and empty, and a report costs a third.
class Pictures : public Catch::TestEventListenerBase {
 public:
  using TestEventListenerBase::TestEventListenerBase;

  void testCaseStarting(const Catch::TestCaseInfo& test) override {
    if (std::find(test.lcaseTags.begin(), test.lcaseTags.end(), "pictures") != test.lcaseTags.end()) return;
    const char* path = std::getenv("PATH");
    path_.emplace("PATH",
                  (source_folder() / "tests/support/no_pictures").string() + ":" + (path ? path : ""));
  }
  void testCaseEnded(const Catch::TestCaseStats&) override { path_.reset(); }

 private:
  std::optional<Environment> path_;
};
CATCH_REGISTER_LISTENER(Pictures)

}  // namespace
}  // namespace ablate::test
