#include "cli/interrupt.hpp"

#include <csignal>

#include <unistd.h>

#include "cli/console.hpp"

namespace ablate {
namespace {

std::atomic<bool> interrupted = false, ends_at_once = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch what is lock-free");

void on_signal(int signal) {
  if (ends_at_once) Console::leave_interrupted();
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

InterruptFlag::InterruptFlag(At when) {
  interrupted = false;
  ends_at_once = when == At::once;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (std::signal(SIGHUP, on_signal) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

InterruptFlag::~InterruptFlag() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  if (std::signal(SIGHUP, SIG_DFL) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

void InterruptFlag::wait_for_checks() { ends_at_once = false; }

const std::atomic<bool>& InterruptFlag::get() const { return interrupted; }

}  // namespace ablate
