#pragma once
/// How training_benchmark asks a child for a measurement: a line of text in, a line out.

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <sstream>
#include <string>
#include <vector>

namespace step_benchmark {

constexpr std::size_t pixels = 784, classes = 47;

/// A network of `hidden`, and what it is trained on.
struct Shape {
  std::vector<std::size_t> hidden;
  bool projection = true;
  std::size_t batch = 16;
  bool dense = false;  ///< images whose every pixel is made odd, so that none is 0
};

inline std::string to_line(const Shape& shape) {
  std::ostringstream line;
  line << shape.batch << ' ' << shape.projection << ' ' << shape.dense;
  for (const std::size_t units : shape.hidden) line << ' ' << units;
  return line.str();
}

inline Shape from_line(const std::string& text) {
  std::istringstream line(text);
  Shape shape;
  line >> shape.batch >> shape.projection >> shape.dense;
  for (std::size_t units = 0; line >> units;) shape.hidden.push_back(units);
  return shape;
}

/// Processor time of this thread: other work on the machine does not count.
inline double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Images of one benchmark: pixels of all of them, then the labels.
struct Images {
  std::vector<std::uint8_t> pixel_bytes, labels;
  std::vector<std::uint32_t> order;
};

/// Calls step(which) with the next images of the order until a window is full; returns images a second.
template <class Step>
double window(const Images& images, std::size_t batch, double seconds, std::size_t& first, Step&& step) {
  std::size_t done = 0;
  const double begun = processor_seconds();
  double passed = 0.0;
  do {
    if (first + batch > images.order.size()) first = 0;
    step(images.order.data() + first);
    first += batch;
    done += batch;
    passed = processor_seconds() - begun;
  } while (passed < seconds);
  return static_cast<double>(done) / passed;
}

}  // namespace step_benchmark
