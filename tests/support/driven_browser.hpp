#pragma once
/// A real browser that a test drives step by step, as a person would.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ablate::test {

/// Headless Chromium, spoken to through pipes (the Chrome DevTools Protocol). One page.
class DrivenBrowser {
 public:
  /// Null where Chromium is not installed. `folder` keeps its profile.
  static std::unique_ptr<DrivenBrowser> start(const std::filesystem::path& folder);
  ~DrivenBrowser();
  DrivenBrowser(const DrivenBrowser&) = delete;
  DrivenBrowser& operator=(const DrivenBrowser&) = delete;

  void open(const std::string& address);
  void reload();
  void resize(int width, int height);
  /// The value of an expression in the page, awaited where it is a promise. Throws std::runtime_error where it throws.
  nlohmann::json value(const std::string& expression);
  /// Asks until it is true, for at most a minute.
  bool becomes(const std::string& expression);
  void save_picture(const std::filesystem::path& file);
  /// What the page wrote to its console as errors, and what it threw.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  DrivenBrowser(int child, int to, int from) : child_(child), to_(to), from_(from) {}
  nlohmann::json call(const std::string& method, nlohmann::json parameters = nlohmann::json::object());
  nlohmann::json next_message();
  void note(const nlohmann::json& message);

  int child_, to_, from_, last_id_ = 0;
  std::string session_, buffer_;
  std::vector<std::string> faults_;
};

}  // namespace ablate::test
