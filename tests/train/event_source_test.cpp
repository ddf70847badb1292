/// Event files as they grow. Those in golden/tensorboard are the bytes of two SummaryWriters of PyTorch 2.15 (tensorboard
/// 2.21): train/loss is 1/epoch, val/acc 0.5 + epoch/16, `add_scalars("both", {"a": epoch, "b": -epoch})`. The first was
/// killed within epoch 3, the second went on from there, and ended with `add_hparams`.

#include "train/event_source.hpp"

#include <fstream>
#include <map>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "exchange/event_file.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"
#include "train/metrics_file.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

std::string recorded(const std::string& name) {
  return read_file(source_folder() / "tests/golden/tensorboard" / (name + ".tfevents"), 10'000);
}

/// A program's folder of events and what was made of it.
struct Logs {
  std::unique_ptr<MetricsSource> source(int last_epoch) const {
    return make_event_source(folder / "logs", 1, last_epoch, EpochWriter(folder / "metrics.jsonl", names));
  }
  void append(const std::string& file, std::string_view bytes) const {
    fs::create_directories((folder / ("logs/" + file)).parent_path());
    std::ofstream(folder / ("logs/" + file), std::ios::app | std::ios::binary) << bytes;
  }
  std::string lines() const {
    return fs::exists(folder / "metrics.jsonl") ? read_file(folder / "metrics.jsonl", 10'000) : "";
  }

  TemporaryFolder folder;
  OpenMapping names;
};

std::string events(const std::string& tag, int first, int last) {
  EventFile file(1.0);
  for (int epoch = first; epoch <= last; ++epoch) file.add_scalar(1.0, epoch, tag, 0.5 * epoch);
  return file.bytes();
}

}  // namespace

TEST_CASE("what a SummaryWriter logs is read while it grows, byte by byte, and by its next attempt") {
  const Logs logs;
  const std::string line1 =
      "{\"epoch\": 1, \"both_a/both\": 1, \"both_b/both\": -1, \"train/loss\": 1, \"val/acc\": 0.5625}\n";
  const std::string line2 = "{\"epoch\": 2, \"both_a/both\": 2, \"train/loss\": 0.5, \"val/acc\": 0.625}\n";
  const std::string line3 =
      "{\"epoch\": 3, \"both_a/both\": 3, \"both_b/both\": -3, \"train/loss\": 0.3333333432674408, "
      "\"val/acc\": 0.6875}\n";
  const std::string line4 =
      "{\"epoch\": 4, \"both_a/both\": 4, \"both_b/both\": -4, \"hparam/acc\": 0.75, \"train/loss\": 0.25, "
      "\"val/acc\": 0.75}\n";
  const auto grow = [&](MetricsSource& source, const std::map<std::string, std::string>& files) {
    for (const auto& [name, bytes] : files) logs.append(name, {});
    for (std::size_t i = 0, left = files.size(); left > 0; ++i) {
      left = 0;
      for (const auto& [name, bytes] : files) {
        if (i >= bytes.size()) continue;
        logs.append(name, std::string_view(bytes).substr(i, 1));
        source.look(false);
        ++left;
      }
    }
  };
  {
    const auto source = logs.source(0);
    const std::string last = recorded("first_both_b");
    grow(*source, {{"tfevents.10", recorded("first_run")},
                   {"both_a/tfevents.11", recorded("first_both_a")},
                   {"both_b/tfevents.12", last.substr(0, last.size() - 5)}});  // its value of epoch 2 is cut
    CHECK(logs.lines().empty());
  }
  const auto source = logs.source(0);
  source->look(false);
  CHECK(logs.lines().empty());  // an epoch may go on
  grow(*source, {{"tfevents.20", recorded("second_run")},
                 {"both_a/tfevents.21", recorded("second_both_a")},
                 {"both_b/tfevents.22", recorded("second_both_b")},
                 {"hparams/tfevents.23", recorded("second_hparams")}});
  CHECK(logs.lines() == line1 + line2 + line3);
  source->look(true);
  CHECK(logs.lines() == line1 + line2 + line3 + line4);
}

TEST_CASE("an epoch waits for the writer that flushes last, and for none that has only parameters") {
  const Logs logs;
  const auto source = logs.source(0);
  logs.append("tfevents.1", events("loss", 1, 3));
  logs.append("validation/tfevents.2", "");
  source->look(false);
  CHECK(logs.lines().empty());
  EventFile parameters(1.0);
  parameters.add_session(1.0, {{"lr", Value(0.1)}}, "");
  logs.append("hparams/tfevents.3", parameters.bytes());
  logs.append("validation/tfevents.2", events("acc", 1, 3));
  source->look(false);
  CHECK(logs.lines() ==
        "{\"epoch\": 1, \"loss\": 0.5, \"validation.acc\": 0.5}\n"
        "{\"epoch\": 2, \"loss\": 1, \"validation.acc\": 1}\n");
}

TEST_CASE("writers of splits are told apart by their folders, as Keras has them") {
  Logs logs;
  logs.names.node.add("validation.loss", Node::string("validation.log_loss"));
  logs.append("train/tfevents.1", events("loss", 1, 2));
  logs.append("validation/tfevents.2", events("loss", 1, 2));
  logs.source(0)->look(true);
  CHECK(logs.lines() ==
        "{\"epoch\": 1, \"train.loss\": 0.5, \"validation.log_loss\": 0.5}\n"
        "{\"epoch\": 2, \"train.loss\": 1, \"validation.log_loss\": 1}\n");
}

TEST_CASE("an attempt that logs to a folder of its own goes on under the same names") {
  const Logs logs;
  logs.append("version_0/tfevents.1", events("acc", 1, 2));
  const auto source = logs.source(1);
  logs.append("version_1/tfevents.2", events("acc", 3, 3));
  source->look(true);
  CHECK(logs.lines() == "{\"epoch\": 2, \"acc\": 1}\n{\"epoch\": 3, \"acc\": 1.5}\n");
}

TEST_CASE("two writers of one attempt that log the same are refused, not mixed") {
  const Logs logs;
  const auto source = logs.source(0);
  logs.append("a/tfevents.1", events("acc", 1, 2));
  logs.append("b/tfevents.2", events("acc", 1, 2));
  CHECK_THROWS_WITH(source->look(false), Contains("logs/a and ") && Contains("logs/b both log 'acc'"));
}

TEST_CASE("a damaged event file is told with its file and byte") {
  const Logs logs;
  std::string bytes = events("acc", 1, 2);
  bytes[bytes.size() - 6] ^= 1;
  logs.append("tfevents.1", bytes);
  CHECK_THROWS_WITH(logs.source(0)->look(true),
                    Contains("tfevents.1: at byte ") && Contains("a record does not have its checksum"));
}
