/// The program that libFuzzer makes of one target; the tests call the targets by `targets()`.

#include "fuzz/targets.hpp"

#ifdef ABLATE_FUZZ_TARGET
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ablate::fuzz::ABLATE_FUZZ_TARGET({data, size});
  return 0;
}
#endif
