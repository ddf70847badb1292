// Trains small networks on made-up images and prints a digest of each one's parameters: the same lines on every
// processor, from every instruction set and compiler. Uses no random stream, so that it also links where the libraries
// behind one are not there.

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <numeric>
#include <vector>

#include "compute/dispatch.hpp"
#include "compute/functions.hpp"
#include "metrics/evaluator.hpp"
#include "nn/learning_rate.hpp"
#include "nn/network.hpp"
#include "nn/optimizer.hpp"

namespace {

using namespace ablate;

/// Numerical Recipes' linear congruential generator.
class Numbers {
 public:
  std::uint32_t next() { return (state_ = state_ * 1664525u + 1013904223u) >> 8; }
  float between(float low, float high) { return low + (high - low) * static_cast<float>(next()) * 0x1p-24f; }

 private:
  std::uint32_t state_ = 1;
};

struct Case {
  const char* name;
  std::vector<int> hidden;
  Activation activation;
  Skip skip;
  OptimizerKind optimizer;
  double momentum;
  int batch;
  double ink;
};

/// FNV-1a over the bits of numbers.
struct Digest64 {
  std::uint64_t hash = 0xcbf29ce484222325u;
  template <class Number>
  void add(const Number& number) {
    std::uint8_t bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3u;
  }
};

constexpr std::size_t inputs = 70, classes = 7, images = 96;

/// The digest (FNV-1a) of all parameters after three epochs, with the last loss's bits.
std::uint64_t train(const Case& c) {
  Numbers numbers;
  ModelSettings model;
  model.hidden = c.hidden, model.activation = c.activation, model.skip = c.skip;
  Network network(inputs, model, classes);
  std::vector<float> weights(network.weight_count());
  for (float& weight : weights) weight = numbers.between(-0.2f, 0.2f);
  network.set_weights(weights);
  std::vector<std::uint8_t> pixels(images * inputs), labels(images);
  for (std::uint8_t& pixel : pixels)
    pixel = numbers.between(0.0f, 1.0f) < static_cast<float>(c.ink)
                ? static_cast<std::uint8_t>(numbers.next())
                : std::uint8_t{0};
  for (std::uint8_t& label : labels) label = static_cast<std::uint8_t>(numbers.next() % classes);

  OptimizerSettings settings;
  settings.type = c.optimizer, settings.momentum = c.momentum, settings.weight_decay = 0.001;
  Optimizer optimizer(settings, network.parameters().size());
  compute::AlignedFloats gradient(network.parameters().size());
  ImageBatch batch;
  std::vector<std::uint32_t> order(images);
  std::iota(order.begin(), order.end(), 0U);
  double loss = 0.0;
  for (int epoch = 0; epoch < 3; ++epoch)
    for (std::size_t first = 0; first < images; first += static_cast<std::size_t>(c.batch)) {
      const std::size_t count = std::min(static_cast<std::size_t>(c.batch), images - first);
      batch.read(pixels, inputs, std::span(order).subspan(first, count));
      const auto truth = std::span<const std::uint8_t>(labels).subspan(first, count);
      if (optimizer.is_plain()) {
        loss = network.descend(batch, truth, nullptr, 0.05, optimizer.weight_decay());
      } else {
        loss = network.gradient(batch, truth, nullptr, gradient);
        optimizer.step(network.parameters(), gradient, 0.002);
      }
    }
  Digest64 digest;
  for (const float parameter : network.parameters()) digest.add(parameter);
  digest.add(loss);
  return digest.hash;
}

std::uint64_t functions() {
  Numbers numbers;
  Digest64 digest;
  for (int i = 0; i < 20'000; ++i) {
    const double x = static_cast<double>(numbers.next()) * 0x1p-24;
    digest.add(compute::exp(1400.0 * x - 700.0));
    digest.add(compute::log(x + 0x1p-40));
    digest.add(compute::log1p(300.0 * x - 0.99));
    digest.add(compute::cos_pi(8.0 * x - 4.0));
    digest.add(compute::power(0.4 + x, static_cast<std::uint64_t>(i) % 300));
  }
  return digest.hash;
}

std::uint64_t metrics() {
  constexpr std::size_t shown = 700;
  Numbers numbers;
  std::vector<float> logits(shown * classes);
  std::vector<std::uint8_t> truth(shown);
  for (float& logit : logits) logit = numbers.between(-6.0f, 6.0f);
  for (std::size_t i = 0; i < shown; ++i) {
    truth[i] = static_cast<std::uint8_t>(numbers.next() % classes);
    logits[i * classes + truth[i]] += 4.0f;
  }
  Evaluator evaluator(static_cast<int>(classes));
  evaluator.add(logits, truth);
  const Evaluation evaluation = evaluator.finish();
  Digest64 digest;
  for (const Metric& metric : metric_table()) digest.add(evaluation.suite.*metric.value);
  for (const ClassMetrics& of_class : evaluation.classes) digest.add(of_class.auc_roc);
  return digest.hash;
}

std::uint64_t learning_rates() {
  Digest64 digest;
  for (const ScheduleKind kind :
       {ScheduleKind::step, ScheduleKind::milestones, ScheduleKind::exponential, ScheduleKind::inverse_time,
        ScheduleKind::cosine, ScheduleKind::warm_restarts, ScheduleKind::one_cycle}) {
    LearningRateSettings settings;
    settings.schedule = kind, settings.at = {3, 20, 31}, settings.warmup = 5;
    const LearningRate rate(settings, 50);
    for (int epoch = 1; epoch <= 50; ++epoch) digest.add(rate.at(epoch));
  }
  return digest.hash;
}

const Case cases[] = {
    {"relu, projection, batch 16",
     {40},
     Activation::relu,
     Skip::projection,
     OptimizerKind::sgd,
     0.0,
     16,
     0.3},
    {"relu, projection, batch 1", {40}, Activation::relu, Skip::projection, OptimizerKind::sgd, 0.0, 1, 0.3},
    {"relu, projection, batch 96",
     {140},
     Activation::relu,
     Skip::projection,
     OptimizerKind::sgd,
     0.0,
     96,
     0.3},
    {"tanh, two layers, dense images",
     {33, 20},
     Activation::tanh,
     Skip::none,
     OptimizerKind::sgd,
     0.0,
     7,
     0.9},
    {"sigmoid, identity, three layers, momentum",
     {70, 70, 70},
     Activation::sigmoid,
     Skip::identity,
     OptimizerKind::sgd,
     0.9,
     16,
     0.3},
    {"leaky_relu, adam", {24}, Activation::leaky_relu, Skip::none, OptimizerKind::adam, 0.0, 16, 0.3},
    {"gelu, projection, adamw",
     {24, 24},
     Activation::gelu,
     Skip::projection,
     OptimizerKind::adamw,
     0.0,
     32,
     0.3},
    {"tanh, rmsprop", {24}, Activation::tanh, Skip::none, OptimizerKind::rmsprop, 0.5, 16, 0.3},
    {"sigmoid, adagrad", {24}, Activation::sigmoid, Skip::none, OptimizerKind::adagrad, 0.0, 16, 0.3},
    {"no hidden layer", {}, Activation::relu, Skip::none, OptimizerKind::sgd, 0.0, 16, 0.3}};

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc > 1 && std::strcmp(argv[1], "--kernels") == 0) {
      for (const compute::Kernels* kernels : compute::available_kernels()) std::printf("%s\n", kernels->name);
      return 0;
    }
    const auto print = [](std::uint64_t digest, const char* name) {
      std::printf("%016llx  %s\n", static_cast<unsigned long long>(digest), name);
    };
    for (const Case& c : cases) print(train(c), c.name);
    print(functions(), "exp, log, log1p, cos, powers");
    print(metrics(), "all metrics of 700 images");
    print(learning_rates(), "learning rates of seven schedules");
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "same_bits: %s\n", error.what());
    return 2;
  }
}
