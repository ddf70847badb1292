// How fast a training step is: by set of kernels, against the same step in Armadillo on OpenBLAS, and as a share of what the
// processor can multiply.
//
//   training_benchmark [--rounds N] [--data FOLDER] [TABLE...]     tables: batches widths deep dense maps; default: all
//
// A step is all that Training::step does: read the batch's bytes, forward, backward, update. Each column is a child process, for
// kernels are chosen once at start (ABLATE_KERNELS, OPENBLAS_CORETYPE). Windows of 50 ms of processor time take turns, and the best
// of each column counts: other work on the machine then touches all columns alike. "share" is the step's matrix products, as if
// dense, against the peak of fused multiply-adds from registers in the same rounds.

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "compute/dispatch.hpp"
#include "compute/layout.hpp"
#include "peak.hpp"
#include "step_child.hpp"
#include "train/training.hpp"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// The C library's own allocator under its internal names, so that every allocation of this process is
// counted.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
}

namespace {

using namespace ablate;
using namespace step_benchmark;

int rounds = 8;

// --- The child: the product's own step -------------------------------------------------------------------------

Dataset to_dataset(std::vector<std::uint8_t> bytes, std::vector<std::uint8_t> labels, bool dense) {
  if (dense)
    for (std::uint8_t& byte : bytes) byte |= 1;
  Dataset dataset;
  for (std::size_t c = 0; c < classes; ++c) dataset.classes.push_back(std::to_string(c));
  dataset.train_images = labels.size() - 1000;
  dataset.test_images = 1000;
  dataset.pixels = SharedBytes(std::move(bytes));
  dataset.labels = SharedBytes(std::move(labels));
  return dataset;
}

Config config_of(const Shape& shape) {
  Config config;  // plain descent, relu
  config.model.hidden.assign(shape.hidden.begin(), shape.hidden.end());
  config.model.skip = shape.projection ? Skip::projection : Skip::none;
  config.training.batch_size = static_cast<int>(shape.batch);
  return config;
}

int serve(const char* path, std::size_t count) {
  Images images;
  images.pixel_bytes.resize(count * pixels), images.labels.resize(count), images.order.resize(count);
  std::ifstream in(path, std::ios::binary);
  in.read(reinterpret_cast<char*>(images.pixel_bytes.data()), static_cast<std::streamsize>(count * pixels));
  in.read(reinterpret_cast<char*>(images.labels.data()), static_cast<std::streamsize>(count));
  in.read(reinterpret_cast<char*>(images.order.data()), static_cast<std::streamsize>(count * 4));
  const Dataset inked = to_dataset(images.pixel_bytes, images.labels, false),
                dense = to_dataset(images.pixel_bytes, images.labels, true);
  std::map<std::string, std::unique_ptr<Training>> trainings;
  Stream dropout(1, "benchmark/dropout");
  std::size_t first = 0;
  std::cout << compute::kernels().name << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const Shape shape = from_line(line);
    auto& training = trainings[line];
    EpochSums sums;
    const auto step = [&](const std::uint32_t* which) {
      const bool is_last = which + 2 * shape.batch > images.order.data() + images.order.size();
      const std::span<const std::uint32_t> next(which + shape.batch, is_last ? 0 : shape.batch);
      training->step({which, shape.batch}, next, 0.001, dropout, sums);
      ++sums.batches;
    };
    if (!training) {
      training = std::make_unique<Training>(config_of(shape), 1, shape.dense ? dense : inked);
      step(images.order.data());
    }
    const std::size_t before = allocations;
    const double rate = window(images, shape.batch, 0.05, first, step);
    std::cout << rate << ' ' << allocations - before << std::endl;
  }
  return 0;
}

// --- The parent: tables ----------------------------------------------------------------------------------------

/// Images in a file of their own for the children, and how many.
std::size_t write_images(const Dataset& dataset, const std::filesystem::path& path) {
  const std::size_t count = dataset.train_images;
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  Stream shuffling(1, "benchmark/order");
  shuffle(std::span(order), shuffling);
  std::ofstream out(path, std::ios::binary);
  const auto put = [&](const void* from, std::size_t size) {
    out.write(static_cast<const char*>(from), static_cast<std::streamsize>(size));
  };
  put(dataset.pixels.span().data(), count * pixels);
  put(dataset.labels.span().data(), count);
  put(order.data(), count * 4);
  return count;
}

Dataset load_images(const std::string& folder) {
  DataSettings settings;
  if (std::filesystem::exists(folder)) {
    settings.source = Source::emnist;
    settings.split = "47";
    settings.path = folder;
  }
  return load_dataset(settings);
}

struct Column {
  std::string title;
  std::unique_ptr<Child> child;
  double peak = 0.0;  ///< GFLOP/s, the best of all rounds
};

std::vector<Column> start_children(const std::string& self, const std::filesystem::path& file,
                                   std::size_t count) {
  std::vector<Column> columns;
  const auto add = [&](const std::vector<std::string>& command, const std::string& setting,
                       const std::string& title) {
    auto child = std::make_unique<Child>(command, setting);
    if (!child->name().empty()) columns.push_back({title.empty() ? child->name() : title, std::move(child)});
  };
  const std::string opponent = (std::filesystem::path(self).parent_path() / "openblas_step").string();
  for (const char* core : {"Haswell", "SkylakeX"})
    add({opponent, file.string(), std::to_string(count)}, fmt::format("OPENBLAS_CORETYPE={}", core),
        fmt::format("OpenBLAS {}", core));
  for (const compute::Kernels* kernels : compute::available_kernels()) {
    if (std::string(kernels->name) == "portable" && compute::available_kernels().size() > 1) continue;
    add({self, "--serve", file.string(), std::to_string(count)},
        fmt::format("ABLATE_KERNELS={}", kernels->name), "");
  }
  return columns;
}

double flops(const Shape& shape) {
  return static_cast<double>(Network(pixels, config_of(shape).model, classes).flops_per_sample());
}

void print_row(std::vector<Column>& columns, const std::string& label, const Shape& shape) {
  std::vector<double> best(columns.size());
  std::size_t allocated = 0;
  for (int round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < columns.size(); ++i) {
      columns[i].peak = std::max(columns[i].peak, peak_of(columns[i].title));
      const Child::Window window = columns[i].child->measure(shape);
      best[i] = std::max(best[i], window.images_per_second);
      allocated += window.allocations;
    }
  std::string row = fmt::format("| {} |", label);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    row += fmt::format(" {:.1f} |", best[i] / 1000);
    if (columns[i].peak > 0.0) {
      for (std::size_t j = 0; j < i; ++j)
        if (columns[j].peak == 0.0) row += fmt::format(" {:.2f} |", best[i] / best[j]);
      row += fmt::format(" {:.0f}% |", 100 * best[i] * flops(shape) / 1e9 / columns[i].peak);
    }
  }
  fmt::print("{}{}\n", row, allocated > 0 ? fmt::format(" {} allocations!", allocated) : "");
  std::fflush(stdout);
}

void print_head(const std::vector<Column>& columns, const std::string& title) {
  std::string head = "| |", rule = "|---|";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    head += fmt::format(" {} |", columns[i].title);
    rule += "---:|";
    if (columns[i].title.starts_with("OpenBLAS")) continue;
    for (std::size_t j = 0; j < i; ++j)
      if (columns[j].title.starts_with("OpenBLAS"))
        head += fmt::format(" / {} |", columns[j].title.substr(9)), rule += "---:|";
    head += " share |";
    rule += "---:|";
  }
  fmt::print("\n{}, thousand images a second\n\n{}\n{}\n", title, head, rule);
}

std::vector<std::size_t> batches() { return {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024}; }

void print_batches(std::vector<Column>& columns) {
  for (const bool projection : {true, false}) {
    print_head(columns, fmt::format("784-256-47, {}", projection ? "projection" : "no skip"));
    for (const std::size_t batch : batches())
      print_row(columns, fmt::format("batch {}", batch), {{256}, projection, batch, false});
  }
}

void print_widths(std::vector<Column>& columns) {
  for (const bool projection : {true, false})
    for (const std::size_t batch : {std::size_t{16}, std::size_t{128}}) {
      print_head(columns,
                 fmt::format("784-W-47, {}, batch {}", projection ? "projection" : "no skip", batch));
      for (const std::size_t width : {32, 64, 128, 256, 512, 1024})
        print_row(columns, fmt::format("W = {}", width), {{width}, projection, batch, false});
    }
}

void print_deep(std::vector<Column>& columns) {
  for (const bool projection : {true, false}) {
    print_head(columns, fmt::format("784-256-256-256-47, {}", projection ? "projection" : "no skip"));
    for (const std::size_t batch : batches())
      print_row(columns, fmt::format("batch {}", batch), {{256, 256, 256}, projection, batch, false});
  }
}

void print_dense(std::vector<Column>& columns) {
  print_head(columns, "784-256-47, projection, images without a blank pixel");
  for (const std::size_t batch : batches())
    print_row(columns, fmt::format("batch {}", batch), {{256}, true, batch, true});
}

/// The three products of a map of 512 x 256 above the first layer, each kernel's share of its peak.
void print_maps() {
  constexpr std::size_t outputs = 512, inputs = 256;
  const compute::MapShape shape{outputs, inputs};
  fmt::print(
      "\nThe products of a map of 512 x 256, GFLOP/s\n\n| | kernels | forward | input delta | gradient | together | peak | share |\n|---|---|---:|---:|---:|---:|---:|---:|\n");
  for (const std::size_t batch : {std::size_t{1}, std::size_t{4}, std::size_t{16}, std::size_t{64},
                                  std::size_t{128}, std::size_t{1024}})
    for (const compute::Kernels* kernels : compute::available_kernels()) {
      if (peak_of(kernels->name) == 0.0) continue;
      const std::size_t z_stride = compute::row_stride(outputs), x_stride = compute::row_stride(inputs);
      compute::AlignedFloats m(outputs * inputs, 0.01f), z(batch * z_stride, 0.01f),
          x(batch * x_stride, 0.01f), dx(x.size()), scratch(compute::input_delta_scratch(inputs));
      const compute::Rows<float> out{z.data(), z_stride, batch};
      const compute::Rows<const float> in{x.data(), x_stride, batch}, d{z.data(), z_stride, batch};
      double best[3] = {1e9, 1e9, 1e9}, peak = 0.0;
      const std::size_t repeats = std::max<std::size_t>(1, 1024 / batch);
      for (int round = 0; round < rounds * 4; ++round) {
        peak = std::max(peak, peak_of(kernels->name));
        const auto time = [&](int which, auto&& product) {
          const double begun = processor_seconds();
          for (std::size_t i = 0; i < repeats; ++i) product();
          best[which] = std::min(best[which], (processor_seconds() - begun) / static_cast<double>(repeats));
        };
        std::fill(z.begin(), z.end(), 0.01f);
        time(0, [&] { kernels->products.forward(m.data(), shape, in, out); });
        std::fill(z.begin(), z.end(), 0.01f);
        time(1, [&] {
          kernels->products.input_delta(m.data(), shape, d, {dx.data(), x_stride, batch}, scratch.data());
        });
        time(2, [&] { kernels->products.add_gradient(m.data(), shape, d, in, -1e-9f); });
      }
      const double work = 2.0 * outputs * inputs * static_cast<double>(batch) / 1e9;
      const double together = 3 * work / (best[0] + best[1] + best[2]);
      fmt::print("| batch {} | {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f}% |\n", batch,
                 kernels->name, work / best[0], work / best[1], work / best[2], together, peak,
                 100 * together / peak);
      std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::string(argv[1]) == "--serve") return serve(argv[2], std::stoul(argv[3]));
  std::string folder = "../shared/data/emnist-47";
  std::set<std::string> wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--rounds" && i + 1 < argc)
      rounds = std::stoi(argv[++i]);
    else if (word == "--data" && i + 1 < argc)
      folder = argv[++i];
    else
      wanted.insert(word);
  }
  const auto wants = [&](const char* table) { return wanted.empty() || wanted.count(table) == 1; };
  if (wants("maps")) print_maps();
  const auto file = std::filesystem::temp_directory_path() / fmt::format("training_benchmark.{}", getpid());
  const Dataset dataset = load_images(folder);
  const std::size_t count = write_images(dataset, file);
  {
    std::vector<Column> columns =
        start_children(std::filesystem::canonical("/proc/self/exe").string(), file, count);
    fmt::print("\n{} images of {}\n", count, dataset.name);
    if (wants("batches")) print_batches(columns);
    if (wants("widths")) print_widths(columns);
    if (wants("deep")) print_deep(columns);
    if (wants("dense")) print_dense(columns);
    for (const Column& column : columns)
      if (column.peak > 0.0) fmt::print("\nPeak of {}: {:.0f} GFLOP/s\n", column.title, column.peak);
  }
  std::filesystem::remove(file);
  return 0;
}
