#include "cli/interrupt.hpp"

#include <csignal>
#include <ctime>

#include <unistd.h>

#include "cli/console.hpp"

namespace ablate {
namespace {

std::atomic<bool> interrupted = false, again = false, ends_at_once = false, hears_again = false;
std::atomic<std::int64_t> first_at = 0;  ///< nanoseconds
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free,
              "a signal handler may only touch what is lock-free");

std::int64_t nanoseconds_now() {
  std::timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// `timeout` sends its signal twice, and so do the system and the shell when a terminal is closed.
bool is_the_same(int signal) {
  constexpr std::int64_t half_a_second = 500'000'000;
  return signal == SIGHUP || nanoseconds_now() - first_at < half_a_second;
}

void on_signal(int signal) {
  if (ends_at_once) Console::leave_interrupted();
  if (!interrupted.exchange(true)) {
    first_at = nanoseconds_now();
    if (hears_again) return;
  } else if (hears_again) {
    if (is_the_same(signal)) return;
    again = true;
  }
  std::signal(signal, SIG_DFL);
}

}  // namespace

InterruptFlag::InterruptFlag(At when) {
  interrupted = again = hears_again = false;
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

const std::atomic<bool>& InterruptFlag::hear_again() {
  hears_again = true;
  return again;
}

const std::atomic<bool>& InterruptFlag::get() const { return interrupted; }

}  // namespace ablate
