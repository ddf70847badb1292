#pragma once
/// `ablate data fetch`: gets a data set from where it is published.

#include <string>

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace ablate {

/// What `fetch emnist` takes beside the source's name.
struct FetchOptions {
  std::string split, to, from, md5;
  bool keep_archive = false;
};

/// Declares them; each says that it is of fetch.
void add_fetch_options(Options& options, FetchOptions& chosen);

/// Fetches the source called `what`: fashion_mnist as Debian's package, emnist from its archive. Returns an
/// exit code.
int fetch_data(const std::string& what, const FetchOptions& options, Console& console);

}  // namespace ablate
