#include "runner/worker_process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <type_traits>

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "nn/blas.hpp"

namespace ablate {
namespace {

static_assert(std::is_trivially_copyable_v<WorkerMessage> && sizeof(WorkerMessage) <= PIPE_BUF);

std::atomic<bool> asked_to_stop = false;
void on_stop(int) { asked_to_stop = true; }

/// Both ends of a pipe that no other program inherits.
struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      throw RequestError(fmt::format("cannot open a pipe: {}", std::strerror(errno)), "fewer workers, -j 1");
    }
    read = ends[0];
    write = ends[1];
  }
};

/// In the child: every event becomes a message.
class Teller : public WorkerListener {
 public:
  explicit Teller(int pipe) : pipe_(pipe) {}

  void cell_started(const RunRecord& run) override { tell({WorkerMessage::Kind::cell_started, run.id}); }
  void epoch_ended(const RunRecord& run, const EpochProgress& progress) override {
    tell({WorkerMessage::Kind::epoch_ended, run.id, RunStatus::running, progress});
  }
  void cell_ended(const RunRecord& run, RunStatus status, const std::string& why) override {
    tell({WorkerMessage::Kind::cell_ended, run.id, status}, why);
  }
  void thrown(WorkerMessage::Kind kind, const std::string& what) { tell({kind}, what); }

 private:
  void tell(WorkerMessage message, const std::string& text = {}) {
    std::fflush(nullptr);
    std::copy_n(text.data(), std::min(text.size(), sizeof message.text - 1), message.text);
    // A parent that is gone cannot be told; the worker then ends by the signal that its death sends.
    while (::write(pipe_, &message, sizeof message) < 0 && errno == EINTR) continue;
  }

  int pipe_;
};

/// The child's whole life; never returns into the parent's code.
[[noreturn]] void live(const WorkerBody& body, int messages, pid_t parent, const sigset_t& mask) {
  std::signal(SIGINT, on_stop);
  std::signal(SIGTERM, on_stop);
  std::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  if (::getppid() != parent) ::_exit(0);
  use_one_blas_thread();
  Teller teller(messages);
  int code = 0;
  try {
    body(teller, [] { return !asked_to_stop.load(std::memory_order_relaxed); });
  } catch (const RequestError& error) {
    teller.thrown(WorkerMessage::Kind::wrong_request, error.what());
    code = 2;
  } catch (const std::exception& error) {
    teller.thrown(WorkerMessage::Kind::fault, error.what());
    code = 3;
  }
  std::fflush(nullptr);
  ::_exit(code);
}

/// Reads what is there into `tail`; closes the end where the stream is at its own.
void drain(int& pipe, Tail& tail) {
  char bytes[4096];
  while (pipe >= 0) {
    const ssize_t count = ::read(pipe, bytes, sizeof bytes);
    if (count > 0) {
      tail.add(bytes, static_cast<std::size_t>(count));
    } else if (count == 0) {
      ::close(pipe);
      pipe = -1;
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace

void Tail::add(const char* bytes, std::size_t size) {
  text_.append(bytes, size);
  if (text_.size() > most) text_.erase(0, text_.size() - most);
}

std::string Tail::last_line() const {
  const std::size_t end = text_.find_last_not_of("\r\n ");
  if (end == std::string::npos) return {};
  const std::size_t line = text_.rfind('\n', end);
  return text_.substr(line == std::string::npos ? 0 : line + 1,
                      end - (line == std::string::npos ? -1U : line));
}

WorkerProcess::WorkerProcess(const WorkerBody& body) {
  std::fflush(nullptr);  // or the child would write our words again
  const Pipe messages, out, err;
  asked_to_stop = false;
  const pid_t parent = ::getpid();
  // A signal to stop waits until the child can take it.
  sigset_t signals, mask;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &signals, &mask);
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(out.write, STDOUT_FILENO);
    ::dup2(err.write, STDERR_FILENO);
    for (const int end : {messages.read, out.read, err.read, out.write, err.write}) ::close(end);
    live(body, messages.write, parent, mask);
  }
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  for (const int end : {messages.write, out.write, err.write}) ::close(end);
  for (const int end : {messages.read, out.read, err.read}) ::fcntl(end, F_SETFL, O_NONBLOCK);
  messages_ = messages.read, out_ = out.read, err_ = err.read;
  if (child_ > 0) return;
  throw RequestError(fmt::format("cannot start a worker: {}", std::strerror(errno)), "fewer workers, -j 1");
}

WorkerProcess::~WorkerProcess() {
  if (child_ > 0) {
    send(SIGKILL);
    wait();
  }
  for (const int end : {messages_, out_, err_}) {
    if (end >= 0) ::close(end);
  }
}

void WorkerProcess::drain_output() {
  drain(out_, stdout_tail);
  drain(err_, stderr_tail);
}

bool WorkerProcess::next_message(WorkerMessage& message) {
  while (messages_ >= 0) {
    const ssize_t count = ::read(messages_, &message, sizeof message);
    if (count == static_cast<ssize_t>(sizeof message)) return true;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    ::close(messages_);  // at its end: a message is written whole or not at all
    messages_ = -1;
  }
  return false;
}

std::string WorkerProcess::wait() {
  if (child_ <= 0) return {};
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) continue;
  child_ = 0;
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    const char* hint = signal == SIGKILL ? "; the system does so when memory runs out" : "";
    return fmt::format("killed by signal {} ({}{})", signal, ::strsignal(signal), hint);
  }
  const int code = WEXITSTATUS(status);
  return code == 0 ? std::string() : fmt::format("ended with exit code {}", code);
}

void WorkerProcess::send(int signal) const {
  if (child_ > 0) ::kill(child_, signal);
}

}  // namespace ablate
