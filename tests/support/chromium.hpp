#pragma once
/// The browser behind the pages that tests drive (driven_browser.hpp).

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "support/temporary_folder.hpp"

namespace ablate::test {

/// Headless Chromium, spoken to through pipes (the Chrome DevTools Protocol), until it is destroyed.
class Chromium {
 public:
  /// Started at the first call, ended with the process; null where it is not installed.
  static Chromium* of_this_process();

  explicit Chromium(const std::string& program);
  ~Chromium();
  Chromium(const Chromium&) = delete;
  Chromium& operator=(const Chromium&) = delete;

  /// The result of a method, of the browser's where `session` is empty. Whatever comes before it goes to `note`.
  nlohmann::json call(const std::string& session, const std::string& method, nlohmann::json parameters,
                      const std::function<void(const nlohmann::json&)>& note);

 private:
  nlohmann::json next_message();

  TemporaryFolder profile_;
  int child_ = -1, to_ = -1, from_ = -1, last_id_ = 0;
  std::string buffer_;
};

}  // namespace ablate::test
