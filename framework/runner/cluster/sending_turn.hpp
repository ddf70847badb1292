#pragma once
/// One at a time sends the runs of a results file, or collects them.

#include <filesystem>
#include <functional>

namespace ablate {

/// As long as one lives, no other of the same results file begins, in any process of this machine: what it sees of the
/// work folders is what it leaves there. It holds a lock (flock(2)) on FILE.sending, which ends with the process. Where
/// that file cannot be made or locked, nobody waits.
class SendingTurn {
 public:
  /// Waits for its turn; calls `must_wait` before, where it is not its turn at once.
  SendingTurn(const std::filesystem::path& database, const std::function<void()>& must_wait);
  ~SendingTurn();
  SendingTurn(const SendingTurn&) = delete;
  SendingTurn& operator=(const SendingTurn&) = delete;

 private:
  std::filesystem::path file_;
  int lock_ = -1;
};

}  // namespace ablate
