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
#include "train/program_process.hpp"

namespace ablate {
namespace {

static_assert(std::is_trivially_copyable_v<WorkerMessage> && sizeof(WorkerMessage) <= PIPE_BUF);

std::atomic<bool> asked_to_stop = false;
void on_stop(int) { asked_to_stop = true; }
void on_stop_at_once(int) { asked_to_stop = programs_end_at_once = true; }

/// Both ends of a pipe that no other program inherits.
struct Pipe {
  Descriptor read, write;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      throw RequestError(fmt::format("cannot open a pipe: {}", std::strerror(errno)), "fewer workers, -j 1");
    }
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
  }
};

/// As much of the text as there is room for, and a zero.
template <std::size_t Size>
void put(char (&room)[Size], const std::string& text) {
  std::copy_n(text.data(), std::min(text.size(), Size - 1), room);
}

/// In the child: every event becomes a message.
class Teller : public RunListener {
 public:
  explicit Teller(int pipe) : pipe_(pipe) {}

  void happened(const RunEvent& event) override {
    WorkerMessage message{WorkerMessage::Kind::event, event.kind,   event.run.id,  event.run.seed,
                          event.run.attempt,          event.status, event.progress};
    put(message.variant, event.run.variant);
    put(message.text, event.text);
    tell(message);
  }
  void tell(WorkerMessage::Kind kind, const std::string& what = {}) {
    WorkerMessage message{kind};
    put(message.text, what);
    tell(message);
  }

 private:
  void tell(const WorkerMessage& message) {
    std::fflush(nullptr);
    // A parent that is gone cannot be told; the worker then ends by the signal that its death sends.
    while (::write(pipe_, &message, sizeof message) < 0 && errno == EINTR) continue;
  }

  int pipe_;
};

/// The child's whole life; never returns into the parent's code.
[[noreturn]] void live(const WorkerBody& body, int messages, pid_t parent, const sigset_t& mask) {
  std::signal(SIGINT, on_stop);
  std::signal(SIGTERM, on_stop);
  std::signal(signal_at_once, on_stop_at_once);
  if (std::signal(SIGHUP, on_stop) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // nohup
  std::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  if (::getppid() != parent) ::_exit(0);
  Teller teller(messages);
  int code = 0;
  try {
    body(teller, [] { return !asked_to_stop.load(std::memory_order_relaxed); });
    if (asked_to_stop) teller.tell(WorkerMessage::Kind::signalled);
  } catch (const RequestError& error) {
    teller.tell(WorkerMessage::Kind::wrong_request, error.what());
    code = 2;
  } catch (const std::exception& error) {
    teller.tell(WorkerMessage::Kind::fault, error.what());
    code = 3;
  }
  std::fflush(nullptr);
  ::_exit(code);
}

/// Reads what is there into `tail`; closes the end where the stream is at its own.
void drain(Descriptor& pipe, Tail& tail) {
  char bytes[4096];
  while (pipe.get() >= 0) {
    const ssize_t count = ::read(pipe.get(), bytes, sizeof bytes);
    if (count > 0) {
      tail.add(bytes, static_cast<std::size_t>(count));
    } else if (count == 0) {
      pipe.close();
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
  const std::size_t before = text_.rfind('\n', end);
  const std::size_t start = before == std::string::npos ? 0 : before + 1;
  return text_.substr(start, end + 1 - start);
}

void Descriptor::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

RunEvent WorkerMessage::to_event(int worker) const {
  RunEvent told{event, {run_id, variant, seed, attempt}};
  told.worker = worker;
  told.progress = progress;
  told.status = status;
  told.text = text;
  return told;
}

WorkerProcess::WorkerProcess(const WorkerBody& body) {
  std::fflush(nullptr);  // or the child would write our words again
  Pipe messages, out, err;
  asked_to_stop = false;
  const pid_t parent = ::getpid();
  // A signal to stop waits until the child can take it.
  sigset_t signals, mask;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, signal_at_once);
  ::sigprocmask(SIG_BLOCK, &signals, &mask);
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(out.write.get(), STDOUT_FILENO);
    ::dup2(err.write.get(), STDERR_FILENO);
    for (Descriptor* end : {&messages.read, &out.read, &err.read, &out.write, &err.write}) end->close();
    live(body, messages.write.get(), parent, mask);
  }
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  if (child_ < 0)
    throw RequestError(fmt::format("cannot start a worker: {}", std::strerror(errno)), "fewer workers, -j 1");
  for (const Pipe* pipe : {&messages, &out, &err}) ::fcntl(pipe->read.get(), F_SETFL, O_NONBLOCK);
  messages_ = std::move(messages.read), out_ = std::move(out.read), err_ = std::move(err.read);
}

WorkerProcess::~WorkerProcess() {
  if (child_ <= 0) return;
  send(SIGKILL);
  wait();
}

void WorkerProcess::drain_output() {
  drain(out_, stdout_tail);
  drain(err_, stderr_tail);
}

bool WorkerProcess::next_message(WorkerMessage& message) {
  while (messages() >= 0) {
    const ssize_t count = ::read(messages(), &message, sizeof message);
    if (count == static_cast<ssize_t>(sizeof message)) return true;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    messages_.close();  // at its end: a message is written whole or not at all
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
    const char* hint = signal != SIGKILL ? ""
                       : killed_         ? "; ablate did so, as it had not ended when it was asked to"
                                         : "; the system does so when memory runs out";
    return fmt::format("killed by signal {} ({}{})", signal, ::strsignal(signal), hint);
  }
  const int code = WEXITSTATUS(status);
  return code == 0 ? std::string() : fmt::format("ended with exit code {}", code);
}

void WorkerProcess::send(int signal) {
  killed_ = killed_ || signal == SIGKILL;
  if (child_ > 0) ::kill(child_, signal);
}

}  // namespace ablate
