#pragma once
/// HOME for the time of a test.

#include <cstdlib>
#include <optional>
#include <string>

namespace ablate::test {

/// Sets an environment variable; what it was comes back with the end of this.
class Environment {
 public:
  Environment(const std::string& name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name.c_str())) before_ = before;
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  ~Environment() { before_ ? ::setenv(name_.c_str(), before_->c_str(), 1) : ::unsetenv(name_.c_str()); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::string name_;
  std::optional<std::string> before_;
};

struct Home : Environment {
  explicit Home(const std::string& folder) : Environment("HOME", folder) {}
};

}  // namespace ablate::test
