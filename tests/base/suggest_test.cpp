#include "base/suggest.hpp"

#include <vector>

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("a wrong name is answered with the one that is an edit away, cut short, or nearly the same") {
  const std::vector<std::string> names = {"rate",          "test.mcc",     "test.accuracy",
                                          "test.log_loss", "test.auc_roc", "validation.accuracy",
                                          "parameters",    "best_epoch",   "status"};
  CHECK(nearest("test.mc", names) == "test.mcc");        // which is also an edit away
  CHECK(nearest("test.acc", names) == "test.accuracy");  // its beginning
  CHECK(nearest("test.auc", names) == "test.auc_roc");
  CHECK(nearest("test.loss", names) == "test.log_loss");  // its letters, some left out
  CHECK(nearest("val.accuracy", names) == "validation.accuracy");
  CHECK(nearest("params", names) == "parameters");
  CHECK(nearest("statsu", names) == "status");
  CHECK(nearest("STATUS", names) == "status");  // however it is written
  CHECK_FALSE(nearest("entirely else", names).has_value());
}
