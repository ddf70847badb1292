/// The program that libFuzzer makes of one target; the tests call the targets by `targets()`.

#include "fuzz/targets.hpp"

#ifdef ABLATE_FUZZ_TARGET
#include "base/build_info.hpp"

/// A fuzzer is made without the program's identity, which waits for all sources.
std::string ablate::version() { return "fuzz"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ablate::fuzz::ABLATE_FUZZ_TARGET({data, size});
  return 0;
}
#endif
