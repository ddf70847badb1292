#pragma once
/// What a scheduler says of its tasks. A hint: it may be silent for hours.

#include <map>
#include <string>

namespace ablate {

struct QueuedTask {
  std::string state;   ///< "PENDING", "RUNNING", "PREEMPTED", ...
  std::string reason;  ///< "Priority", "launch failed requeued held", ...

  bool is_held() const { return state == "PENDING" && reason.find("eld") != std::string::npos; }
};

struct Queue {
  bool answered = false;
  std::string trouble;                      ///< why it did not answer; empty: nobody asked
  std::map<std::string, QueuedTask> tasks;  ///< "123_4": those that have not ended
};

}  // namespace ablate
