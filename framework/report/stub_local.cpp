#include "ablate/store/reader.hpp"
namespace ablate {
std::string to_string(SplitName s) {
  return s == SplitName::train ? "train" : s == SplitName::test ? "test" : "validation";
}
std::string to_string(RunStatus s) {
  const char* n[] = {"planned", "running", "done", "diverged", "failed", "interrupted"};
  return n[static_cast<int>(s)];
}
}  // namespace ablate
