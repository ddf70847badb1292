#pragma once
/// A real browser that a test drives step by step, as a person would.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ablate::test {

class Chromium;

/// A page of headless Chromium, with a profile of its own. A process of tests starts one Chromium, at its first page.
/// One page at a time.
class DrivenBrowser {
 public:
  /// Null where Chromium is not installed.
  static std::unique_ptr<DrivenBrowser> start();
  ~DrivenBrowser();
  DrivenBrowser(const DrivenBrowser&) = delete;
  DrivenBrowser& operator=(const DrivenBrowser&) = delete;

  /// Anew, whatever is open.
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
  /// Whatever it wrote there.
  const std::vector<std::string>& console() const { return console_; }

 private:
  explicit DrivenBrowser(Chromium& chromium) : chromium_(chromium) {}
  nlohmann::json call(const std::string& method, nlohmann::json parameters = nlohmann::json::object());
  void note(const nlohmann::json& message);

  Chromium& chromium_;
  std::string context_, session_;
  std::vector<std::string> faults_, console_;
};

}  // namespace ablate::test
