#include "metrics/event_reader.hpp"

#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "exchange/event_file.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

/// An event of step 1 with a value called "x" and whatever `value` holds besides.
LoggedEvent event_with(const std::string& value) {
  const std::string summary = ProtoWriter().text(1, ProtoWriter().text(1, "x").bytes() + value).bytes();
  return parse_event(ProtoWriter().whole(2, 1).text(5, summary).bytes());
}

double number_of(const std::string& tensor) {
  const LoggedEvent event = event_with(ProtoWriter().text(8, tensor).bytes());
  REQUIRE(event.scalars.size() == 1);
  return event.scalars[0].second;
}

TEST_CASE("a file of events comes back with its steps, tags, hyperparameters and end") {
  const TemporaryFolder folder;
  EventFile file(1.0);
  file.add_session(1.0, {{"lr", 0.1}, {"skip", std::string("none")}}, "skip=none");
  file.add_scalar(2.0, 1, "test.accuracy", 0.5);
  file.add_scalar(3.0, 2, "test.accuracy", std::nan(""));
  file.add_session_end(4.0, false);
  folder.write("events.out.tfevents.1.x", file.bytes());
  EventReader reader(folder / "events.out.tfevents.1.x");
  std::vector<LoggedEvent> events;
  for (LoggedEvent event; reader.next(event);) events.push_back(event);
  REQUIRE(events.size() == 5);
  CHECK(events[1].has_session);
  CHECK(events[1].hparams == std::map<std::string, std::string>{{"lr", "0.1"}, {"skip", "none"}});
  CHECK(events[2].step == 1);
  CHECK(events[2].scalars == std::vector<std::pair<std::string, double>>{{"test.accuracy", 0.5}});
  CHECK(std::isnan(events[3].scalars.at(0).second));
  CHECK(events[4].session_end == 2);
  CHECK(reader.torn_bytes() == 0);
}

TEST_CASE("a record that was cut is an end, and is read once it is whole") {
  const TemporaryFolder folder;
  EventFile file(1.0);
  const std::size_t first = file.bytes().size();
  file.add_scalar(2.0, 7, "loss", 0.25);
  const auto path = folder / "tfevents";
  for (std::size_t length = first; length < file.bytes().size(); ++length) {
    folder.write("tfevents", file.bytes().substr(0, length));
    EventReader reader(path);
    LoggedEvent event;
    CHECK(reader.next(event));
    CHECK_FALSE(reader.next(event));
    CHECK(reader.torn_bytes() == length - first);
    folder.write("tfevents", file.bytes());
    CHECK(reader.next(event));
    CHECK(event.step == 7);
  }
}

TEST_CASE("a byte that was changed is told with its place") {
  const TemporaryFolder folder;
  EventFile file(1.0);
  file.add_scalar(2.0, 7, "loss", 0.25);
  for (const std::size_t at : {std::size_t{2}, std::size_t{9}, std::size_t{14}, file.bytes().size() - 1}) {
    std::string changed = file.bytes();
    changed[at] = static_cast<char>(changed[at] ^ 1);
    folder.write("tfevents", changed);
    EventReader reader(folder / "tfevents");
    const auto read_all = [&] {
      for (LoggedEvent event; reader.next(event);) continue;
    };
    CHECK_THROWS_WITH(read_all(), Contains("tfevents: at byte ") && Contains("does not have its checksum"));
  }
}

TEST_CASE("a scalar may be a tensor of one number, of any type") {
  // TensorProto: dtype 1, tensor_content 4, float_val 5, double_val 6, int_val 7, int64_val 10, half_val 13.
  CHECK(number_of(ProtoWriter().whole(1, 1).text(4, bytes({0, 0, 0x80, 0x3f})).bytes()) == 1.0);
  CHECK(number_of(ProtoWriter().whole(1, 1).real32(5, 0.5f).bytes()) == 0.5);
  CHECK(number_of(ProtoWriter().whole(1, 1).text(5, bytes({0, 0, 0x80, 0x3f})).bytes()) == 1.0);
  CHECK(number_of(ProtoWriter().whole(1, 2).real(6, 0.1).bytes()) == 0.1);
  CHECK(number_of(ProtoWriter().whole(1, 3).whole(7, -2).bytes()) == -2.0);
  CHECK(number_of(ProtoWriter().whole(1, 9).text(10, bytes({5})).bytes()) == 5.0);
  // IEEE half precision: 0x3555 is 0.333251953125, 0x0001 is 2^-24, 0xFC00 minus infinity. bfloat16 0x3FC0 is 1.5.
  CHECK(number_of(ProtoWriter().whole(1, 19).whole(13, 0x3555).bytes()) == 0.333251953125);
  CHECK(number_of(ProtoWriter().whole(1, 19).text(4, bytes({1, 0})).bytes()) == 5.9604644775390625e-8);
  CHECK(std::isinf(number_of(ProtoWriter().whole(1, 19).whole(13, 0xFC00).bytes())));
  CHECK(number_of(ProtoWriter().whole(1, 14).text(4, bytes({0xC0, 0x3F})).bytes()) == 1.5);
  // Two numbers, or words, are no scalar.
  CHECK(event_with(ProtoWriter().text(8, ProtoWriter().real32(5, 1).real32(5, 2).bytes()).bytes())
            .scalars.empty());
  CHECK(event_with(ProtoWriter().text(8, ProtoWriter().whole(1, 7).text(8, "words").bytes()).bytes())
            .scalars.empty());
}

TEST_CASE("a START of a session takes back what was logged from its step on") {
  CHECK(parse_event(ProtoWriter().whole(2, 5).text(7, ProtoWriter().whole(1, 1).bytes()).bytes()).restarts);
  CHECK_FALSE(
      parse_event(ProtoWriter().whole(2, 5).text(7, ProtoWriter().whole(1, 3).bytes()).bytes()).restarts);
}

TEST_CASE("bytes that are no event are refused") {
  for (const std::string& text :
       {bytes({0x0B}), bytes({0x2A, 0x7F, 1}), bytes({0x10}), std::string(11, '\xFF')})
    CHECK_THROWS_WITH(parse_event(text), Contains("no message of Protocol Buffers"));
}

}  // namespace
