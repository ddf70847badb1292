#include <iostream>

#include <unistd.h>

#include "cli/command.hpp"
#include "nn/blas.hpp"

int main(int argc, char** argv) {
  ablate::use_one_blas_thread();
  ablate::Console console{std::cout, std::cerr, std::cin, isatty(STDERR_FILENO) == 1,
                          isatty(STDOUT_FILENO) == 1 && ablate::locale_is_utf8()};
  const int code = ablate::run_program({argv + 1, argv + argc}, console);
  if (std::cout.flush()) return code;
  std::cerr << "ablate: cannot write to standard output\n";
  return ablate::exit_wrong_request;
}
