#include "support/driven_browser.hpp"

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base64.hpp"
#include "base/file.hpp"

namespace ablate::test {
namespace {

using Json = nlohmann::json;

constexpr const char* browser = "/usr/bin/chromium";

/// In the child: commands arrive at descriptor 3, answers leave at 4.
[[noreturn]] void become_browser(int commands, int answers, const std::string& profile) {
  // Beyond what is about to be replaced.
  const int in = ::fcntl(commands, F_DUPFD, 10), out = ::fcntl(answers, F_DUPFD, 10);
  ::dup2(in, 3);
  ::dup2(out, 4);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
  ::setpgid(0, 0);
  ::execl(browser, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
          "--window-size=1280,900", "--remote-debugging-pipe", profile.c_str(), "about:blank", nullptr);
  ::_exit(127);
}

}  // namespace

std::unique_ptr<DrivenBrowser> DrivenBrowser::start(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(browser)) return nullptr;
  int commands[2], answers[2];
  if (::pipe2(commands, O_CLOEXEC) != 0 || ::pipe2(answers, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  const std::string profile = "--user-data-dir=" + (folder / "profile").string();
  const pid_t child = ::fork();
  if (child == 0) become_browser(commands[0], answers[1], profile);
  ::close(commands[0]);
  ::close(answers[1]);
  std::unique_ptr<DrivenBrowser> driven(new DrivenBrowser(child, commands[1], answers[0]));
  const Json target = driven->call("Target.createTarget", {{"url", "about:blank"}});
  const Json attached =
      driven->call("Target.attachToTarget", {{"targetId", target["targetId"]}, {"flatten", true}});
  driven->session_ = attached["sessionId"];
  for (const char* domain : {"Runtime", "Log", "Page"}) driven->call(std::string(domain) + ".enable");
  return driven;
}

DrivenBrowser::~DrivenBrowser() {
  ::close(to_);
  ::close(from_);
  ::kill(-child_, SIGKILL);
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

Json DrivenBrowser::next_message() {
  constexpr int patience_milliseconds = 60'000;
  for (;;) {
    if (const std::size_t end = buffer_.find('\0'); end != std::string::npos) {
      const Json message = Json::parse(buffer_.substr(0, end));
      buffer_.erase(0, end + 1);
      return message;
    }
    pollfd waited = {from_, POLLIN, 0};
    char bytes[65536];
    const ssize_t got =
        ::poll(&waited, 1, patience_milliseconds) > 0 ? ::read(from_, bytes, sizeof bytes) : 0;
    if (got <= 0) throw std::runtime_error("the browser does not answer");
    buffer_.append(bytes, static_cast<std::size_t>(got));
  }
}

void DrivenBrowser::note(const Json& message) {
  const std::string method = message.value("method", "");
  if (method == "Runtime.exceptionThrown") faults_.push_back(message["params"]["exceptionDetails"].dump());
  if (method == "Log.entryAdded" && message["params"]["entry"]["level"] == "error")
    faults_.push_back(message["params"]["entry"].dump());
  if (method == "Runtime.consoleAPICalled" && message["params"]["type"] == "error")
    faults_.push_back(message["params"]["args"].dump());
}

Json DrivenBrowser::call(const std::string& method, Json parameters) {
  Json command = {{"id", ++last_id_}, {"method", method}, {"params", std::move(parameters)}};
  if (!session_.empty()) command["sessionId"] = session_;
  const std::string text = command.dump() + '\0';
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t more = ::write(to_, text.data() + sent, text.size() - sent);
    if (more <= 0) throw std::runtime_error("the browser takes no commands");
    sent += static_cast<std::size_t>(more);
  }
  for (;;) {
    const Json message = next_message();
    note(message);
    if (message.value("id", 0) != last_id_) continue;
    if (message.contains("error")) throw std::runtime_error(method + ": " + message["error"].dump());
    return message["result"];
  }
}

void DrivenBrowser::open(const std::string& address) {
  call("Page.navigate", {{"url", address}});
  if (!becomes("document.readyState === 'complete'"))
    throw std::runtime_error("the page does not load: " + address);
}

void DrivenBrowser::reload() {
  value("window.before = true");
  call("Page.reload");
  if (!becomes("!window.before && document.readyState === 'complete'")) throw std::runtime_error("no reload");
}

void DrivenBrowser::resize(int width, int height) {
  call("Emulation.setDeviceMetricsOverride",
       {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", width < 600}});
}

Json DrivenBrowser::value(const std::string& expression) {
  const Json result =
      call("Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}});
  if (result.contains("exceptionDetails"))
    throw std::runtime_error(expression + ": " + result["exceptionDetails"].dump());
  return result["result"].value("value", Json());
}

bool DrivenBrowser::becomes(const std::string& expression) {
  constexpr int most_looks = 1200;
  for (int i = 0; i < most_looks; ++i) {
    try {
      if (value(expression) == true) return true;
    } catch (const std::runtime_error&) {
      // the page is being replaced, or is not that far
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

void DrivenBrowser::save_picture(const std::filesystem::path& file) {
  const auto bytes =
      bytes_of_base64(call("Page.captureScreenshot", {{"format", "png"}})["data"].get<std::string>());
  write_file(file, std::string(bytes.value().begin(), bytes.value().end()));
}

}  // namespace ablate::test
