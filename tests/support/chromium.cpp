#include "support/chromium.hpp"

#include <csignal>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ablate::test {
namespace {

using Json = nlohmann::json;

/// The first takes half the processor time of the others: the same pages, without a window's trappings.
constexpr const char* programs[] = {"/usr/bin/chromium-headless-shell", "/usr/bin/chromium",
                                    "/usr/bin/chromium-browser", "/usr/bin/google-chrome"};

std::string installed() {
  for (const char* program : programs) {
    if (std::filesystem::exists(program)) return program;
  }
  return {};
}

/// In the child: commands arrive at descriptor 3, answers leave at 4.
[[noreturn]] void become_browser(const char* program, int commands, int answers, const char* profile) {
  // Beyond what is about to be replaced.
  const int in = ::fcntl(commands, F_DUPFD, 10), out = ::fcntl(answers, F_DUPFD, 10);
  ::dup2(in, 3);
  ::dup2(out, 4);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
  ::setpgid(0, 0);
  ::execl(program, program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
          "--window-size=1280,900", "--remote-debugging-pipe", profile, "about:blank", nullptr);
  ::_exit(127);
}

}  // namespace

Chromium* Chromium::of_this_process() {
  static const std::string program = installed();
  static const std::unique_ptr<Chromium> started =
      program.empty() ? nullptr : std::make_unique<Chromium>(program);
  return started.get();
}

Chromium::Chromium(const std::string& program) {
  int commands[2], answers[2];
  if (::pipe2(commands, O_CLOEXEC) != 0 || ::pipe2(answers, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  const std::string profile = "--user-data-dir=" + profile_.text();
  child_ = ::fork();
  if (child_ == 0) become_browser(program.c_str(), commands[0], answers[1], profile.c_str());
  ::close(commands[0]);
  ::close(answers[1]);
  to_ = commands[1];
  from_ = answers[0];
}

Chromium::~Chromium() {
  ::close(to_);
  ::close(from_);
  ::kill(-child_, SIGKILL);
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

Json Chromium::next_message() {
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

Json Chromium::call(const std::string& session, const std::string& method, Json parameters,
                    const std::function<void(const Json&)>& note) {
  Json command = {{"id", ++last_id_}, {"method", method}, {"params", std::move(parameters)}};
  if (!session.empty()) command["sessionId"] = session;
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

}  // namespace ablate::test
