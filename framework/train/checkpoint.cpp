#include "train/checkpoint.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace ablate {
namespace {

constexpr std::uint32_t mark = 0x32544b43;  // "CKT2"

/// Visits the judge's memory number by number, so that no padding is written.
template <class Memory, class Visit>
void each_number(Memory& memory, Visit&& visit) {
  const auto best = [&](auto& one) {
    visit(one.any);
    visit(one.best);
    visit(one.epochs_without);
  };
  best(memory.selected);
  best(memory.patience);
  best(memory.rate.best);
  visit(memory.rate.drops);
}

class ByteSink {
 public:
  template <class T>
  requires std::is_arithmetic_v<T>
  void put(T number) { append(&number, sizeof number); }

  void put(std::span<const float> numbers) {
    put(static_cast<std::uint64_t>(numbers.size()));
    append(numbers.data(), numbers.size_bytes());
  }

  std::vector<std::uint8_t> finish() { return std::move(bytes_); }

 private:
  void append(const void* from, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(from);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  std::vector<std::uint8_t> bytes_;
};

class ByteSource {
 public:
  explicit ByteSource(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  template <class T>
  requires std::is_arithmetic_v<T> T get() {
    if constexpr (std::is_same_v<T, bool>) return get<std::uint8_t>() != 0;
    T number{};
    take(&number, sizeof number);
    return number;
  }

  /// Floats, which must be as many as `expected`.
  std::vector<float> floats(std::size_t expected) {
    if (get<std::uint64_t>() != expected) throw std::invalid_argument("the checkpoint is of another network");
    std::vector<float> numbers(expected);
    take(numbers.data(), expected * sizeof(float));
    return numbers;
  }

  void expect_end() const {
    if (!bytes_.empty()) throw std::invalid_argument("the checkpoint is too long");
  }

 private:
  void take(void* to, std::size_t size) {
    if (size > bytes_.size()) throw std::invalid_argument("the checkpoint is too short");
    if (size > 0) std::memcpy(to, bytes_.data(), size);
    bytes_ = bytes_.subspan(size);
  }

  std::span<const std::uint8_t> bytes_;
};

}  // namespace

std::vector<std::uint8_t> write_checkpoint(int epoch, Training& training, const Judge& judge) {
  ByteSink sink;
  sink.put(mark);
  sink.put(epoch);
  const Judge::Memory memory = judge.memory();
  each_number(memory, [&](const auto& number) { sink.put(number); });
  sink.put(training.optimizer().steps());
  sink.put(std::span<const float>(training.network().parameters()));
  sink.put(std::span<const float>(training.optimizer().state()));
  return sink.finish();
}

int restore_checkpoint(std::span<const std::uint8_t> bytes, Training& training, Judge& judge) {
  ByteSource source(bytes);
  if (source.get<std::uint32_t>() != mark)
    throw std::invalid_argument("the checkpoint is of another version");
  const int epoch = source.get<int>();
  Judge::Memory memory;
  each_number(memory, [&]<class T>(T& number) { number = source.get<T>(); });
  const auto steps = source.get<std::int64_t>();
  const std::vector<float> weights = source.floats(training.network().parameters().size());
  const std::vector<float> state = source.floats(training.optimizer().state().size());
  source.expect_end();
  std::copy(weights.begin(), weights.end(), training.network().parameters().begin());
  std::copy(state.begin(), state.end(), training.optimizer().state().begin());
  training.optimizer().set_steps(steps);
  judge.restore(memory);
  return epoch;
}

}  // namespace ablate
