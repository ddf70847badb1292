/// Files of CSV that a program writes, without a program.

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/temporary_folder.hpp"
#include "train/metrics_source.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

TrainerMetricsFrom from_csv() {
  TrainerMetricsFrom from;
  from.csv = "metrics.csv";
  return from;
}

}  // namespace

TEST_CASE("epoch 0 keeps the columns that join while it is trained, as Lightning rewrites its file") {
  const TemporaryFolder folder;
  const auto source = make_metrics_source(from_csv(), folder.path(), folder / "metrics.jsonl", 0);
  folder.write("metrics.csv", "epoch,step,train_loss\n0,49,0.5\n");
  source->look(false);
  folder.write("metrics.csv", "epoch,step,train_loss,val_acc\n0,49,0.5,\n0,99,,0.7\n1,149,0.4,\n");
  source->look(false);
  folder.write("metrics.csv",
               "epoch,step,train_loss,val_acc\n0,49,0.5,\n0,99,,0.7\n1,149,0.4,\n1,199,,0.8\n");
  source->look(true);
  CHECK(
      read_file(folder / "metrics.jsonl", 10'000) ==
      "{\"epoch\": 0, \"train_loss\": 0.5, \"val_acc\": 0.7}\n{\"epoch\": 1, \"train_loss\": 0.4, \"val_acc\": 0.8}\n");
}

TEST_CASE(
    "rows of epoch 0 that an attempt left before it reported one are read where they are written anew") {
  const TemporaryFolder folder;
  folder.write("metrics.csv", "epoch,acc\n0,0.5\n");
  const auto source = make_metrics_source(from_csv(), folder.path(), folder / "metrics.jsonl", 0);
  folder.write("metrics.csv", "epoch,acc\n0,0.5\n1,0.6\n");
  source->look(true);
  CHECK(read_file(folder / "metrics.jsonl", 10'000) ==
        "{\"epoch\": 0, \"acc\": 0.5}\n{\"epoch\": 1, \"acc\": 0.6}\n");
}
