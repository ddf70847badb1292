#pragma once
/// Tests of missing rights that prove something for root too, who is never refused anything.

#include <cstdlib>

#include <unistd.h>

namespace ablate::test {

/// While it lives, root has the rights of a user who owns nothing; any other user keeps his own.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    if (was_root_ && ::seteuid(nobody) != 0) std::abort();
  }
  ~AsNobody() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static constexpr uid_t nobody = 65534;
  bool was_root_;
};

}  // namespace ablate::test
