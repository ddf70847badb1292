// Peak memory of `ablate run` on a data set of full EMNIST Balanced size: 112,800 + 18,800 images, all
// metrics on every split, weights kept. The program itself is measured, started anew as a user would.
//
//   memory_benchmark PROGRAM [FOLDER]     PROGRAM: build/release/ablate; FOLDER holds emnist-47-*;
//                                         default: ../shared/data/emnist-47, else drawn glyphs

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"
#include "base/process.hpp"
#include "base/time.hpp"
#include "full_size.hpp"

namespace {

using namespace ablate;
namespace fs = std::filesystem;

std::string big_endian(std::size_t number) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>((number >> shift) & 0xff);
  return bytes;
}

/// An IDX file (the format of MNIST's files: http://yann.lecun.com/exdb/mnist/) of bytes.
void write_idx(const fs::path& path, const std::vector<std::size_t>& sizes,
               std::span<const std::uint8_t> bytes) {
  std::ofstream file(path, std::ios::binary);
  file << std::string("\0\0\x08", 3) << static_cast<char>(sizes.size());
  for (const std::size_t size : sizes) file << big_endian(size);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// The data set as the files of `data.source: idx`, and study.yaml, which trains on them.
void write_study(const Dataset& data, const fs::path& folder) {
  const auto side = static_cast<std::size_t>(data.rows), size = data.pixels_per_image();
  const auto pixels = data.pixels.span(), labels = data.labels.span();
  write_idx(folder / "train-images", {data.train_images, side, side}, pixels.first(data.train_images * size));
  write_idx(folder / "train-labels", {data.train_images}, labels.first(data.train_images));
  write_idx(folder / "test-images", {data.test_images, side, side}, pixels.subspan(data.train_images * size));
  write_idx(folder / "test-labels", {data.test_images}, labels.subspan(data.train_images));
  write_file(folder / "study.yaml",
             fmt::format("# How much memory?\nstudy: memory\n"
                         "data: {{source: idx, path: '{}', files: {{train: [train-images, train-labels], "
                         "test: [test-images, test-labels]}}}}\n"
                         "training: {{epochs: 2}}\nseeds: 1\n",
                         folder.string()));
}

/// Runs `body` in a process of its own; what it and its children needed.
template <class Body>
rusage in_child(const Body& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    std::exit(0);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  if (status != 0) std::exit(1);
  return usage;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: memory_benchmark PROGRAM [FOLDER]\n");
    return 2;
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("ablate-memory-{}", ::getpid());
  fs::create_directories(folder);
  // In a process of its own: a child begins with its parent's peak on record, so this one must stay small.
  const std::string images = argc > 2 ? argv[2] : "../shared/data/emnist-47";
  in_child([&] { write_study(full_size_dataset(images), folder); });
  const Stopwatch watch;
  const rusage usage = in_child([&] {
    std::exit(run_process({argv[1], "run", (folder / "study.yaml").string(), "--db",
                           (folder / "a.db").string(), "--out", (folder / "report").string()}));
  });
  fs::remove_all(folder);
  fmt::print("112,800 + 18,800 images, 2 epochs: peak memory {:.0f} MB, {:.1f} s\n",
             static_cast<double>(usage.ru_maxrss) * 1024.0 / 1e6, watch.seconds());
  return 0;
}
