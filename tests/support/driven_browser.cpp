#include "support/driven_browser.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/base64.hpp"
#include "base/file.hpp"
#include "support/chromium.hpp"

namespace ablate::test {

using Json = nlohmann::json;

std::unique_ptr<DrivenBrowser> DrivenBrowser::start() {
  Chromium* chromium = Chromium::of_this_process();
  if (!chromium) return nullptr;
  std::unique_ptr<DrivenBrowser> driven(new DrivenBrowser(*chromium));
  driven->context_ = driven->call("Target.createBrowserContext")["browserContextId"];
  const Json target =
      driven->call("Target.createTarget", {{"url", "about:blank"}, {"browserContextId", driven->context_}});
  const Json attached =
      driven->call("Target.attachToTarget", {{"targetId", target["targetId"]}, {"flatten", true}});
  driven->session_ = attached["sessionId"];
  for (const char* domain : {"Runtime", "Log", "Page"}) driven->call(std::string(domain) + ".enable");
  return driven;
}

DrivenBrowser::~DrivenBrowser() {
  session_.clear();
  try {
    call("Target.disposeBrowserContext", {{"browserContextId", context_}});
  } catch (const std::exception&) {
    // the browser is gone, and the page with it
  }
}

void DrivenBrowser::note(const Json& message) {
  if (message.value("sessionId", "") != session_) return;
  const std::string method = message.value("method", "");
  const bool is_thrown = method == "Runtime.exceptionThrown", is_entry = method == "Log.entryAdded",
             is_said = method == "Runtime.consoleAPICalled";
  if (!is_thrown && !is_entry && !is_said) return;
  const Json& parameters = message["params"];
  const std::string text = parameters[is_thrown ? "exceptionDetails" : (is_entry ? "entry" : "args")].dump();
  console_.push_back(text);
  if (is_thrown || (is_entry ? parameters["entry"]["level"] : parameters["type"]) == "error")
    faults_.push_back(text);
}

Json DrivenBrowser::call(const std::string& method, Json parameters) {
  return chromium_.call(session_, method, std::move(parameters),
                        [this](const Json& message) { note(message); });
}

void DrivenBrowser::open(const std::string& address) {
  call("Page.navigate", {{"url", "about:blank"}});
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
  using Clock = std::chrono::steady_clock;
  for (const auto end = Clock::now() + std::chrono::minutes(1); Clock::now() < end;) {
    try {
      if (value(expression) == true) return true;
    } catch (const std::runtime_error&) {
      // the page is being replaced, or is not that far
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

void DrivenBrowser::save_picture(const std::filesystem::path& file) {
  const auto bytes =
      bytes_of_base64(call("Page.captureScreenshot", {{"format", "png"}})["data"].get<std::string>());
  write_file(file, std::string(bytes.value().begin(), bytes.value().end()));
}

}  // namespace ablate::test
