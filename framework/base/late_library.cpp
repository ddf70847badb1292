#include "base/late_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include "base/error.hpp"

namespace ablate {

LateLibrary::LateLibrary(const char* file, const char* package)
    : file_(file), package_(package), handle_(::dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
  if (!handle_) {
    throw RequestError(fmt::format("a library is missing: {}", ::dlerror()),
                       fmt::format("apt-get install {}", package_));
  }
}

LateLibrary::Symbol LateLibrary::operator[](const char* function) const {
  void* address = ::dlsym(handle_, function);
  if (!address) {
    throw RequestError(fmt::format("the installed {} is too old: it has no {}", file_, function),
                       fmt::format("apt-get install {}", package_));
  }
  return Symbol(address);
}

}  // namespace ablate
