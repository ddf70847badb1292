/// The source `cifar`: CIFAR-10 and CIFAR-100 in their binary version, records of labels and 3072 bytes, a whole
/// channel after the other. Format: A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009,
/// and the page of the data set.

#include <sstream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "data/byte_reader.hpp"
#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr int side = 32;
constexpr std::size_t image_bytes = std::size_t{3} * side * side;

/// What the two have different.
struct Version {
  std::vector<std::string> train, test;
  const char* names;        ///< file of the classes' names, a line each
  std::size_t label_bytes;  ///< before the image; the last is the label
  std::size_t classes;
  const char* name;
};

Version version_in(const fs::path& folder) {
  if (is_file(folder / "train.bin"))
    return {{"train.bin"}, {"test.bin"}, "fine_label_names.txt", 2, 100, "cifar-100"};
  return {
      {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"},
      {"test_batch.bin"},
      "batches.meta.txt",
      1,
      10,
      "cifar-10"};
}

std::size_t append(const fs::path& path, const Version& version, ImageBlock& block) {
  ByteReader reader(path);
  std::vector<std::uint8_t> record(version.label_bytes + image_bytes);
  std::size_t count = 0;
  while (const std::size_t came = reader.read(record)) {
    if (came < record.size()) {
      fail_at_byte(reader.name(), reader.position(), fmt::format("the file ends inside record {}", count),
                   "the file is damaged or incomplete: download or copy it again");
    }
    const std::uint8_t label = record[version.label_bytes - 1];
    if (label >= version.classes) {
      fail_at_byte(reader.name(), reader.position() - came,
                   fmt::format("label {} of record {} is none of {} classes", label, count, version.classes),
                   "name the folder of the binary version");
    }
    block.labels.push_back(label);
    block.pixels.insert(block.pixels.end(), record.begin() + static_cast<std::ptrdiff_t>(version.label_bytes),
                        record.end());
    if (block.pixels.size() > most_pixels)
      fail_at_byte(reader.name(), reader.position(), "more pixels than are read", "");
    ++count;
  }
  return count;
}

std::vector<std::string> class_names(const fs::path& file, std::size_t count) {
  std::vector<std::string> names;
  if (is_file(file)) {
    std::istringstream lines(read_file(file, 1 << 16));
    for (std::string line; names.size() < count && std::getline(lines, line);) {
      if (line.ends_with('\r')) line.pop_back();
      if (!line.empty()) names.push_back(line);
    }
  }
  for (std::size_t i = names.size(); i < count; ++i) names.push_back(std::to_string(i));
  return names;
}

Dataset load_cifar(const DataSettings& settings) {
  if (settings.path.empty()) {
    throw RequestError("data: the source cifar needs data.path",
                       "path: FOLDER of data_batch_1.bin, or of train.bin");
  }
  const fs::path folder = source_folder(settings);
  const Version version = version_in(folder);
  Search search(folder);
  std::vector<fs::path> train, test;
  for (const std::string& name : version.train) train.push_back(search.find({name}));
  for (const std::string& name : version.test) test.push_back(search.find({name}));
  search.refuse_missing("CIFAR's binary version", "set data.path to the folder of its .bin files");
  Gathered gathered{{side, side, 0, 0, {}, {}, 3},
                    class_names(folder / version.names, version.classes),
                    version.name,
                    folder.string()};
  for (const fs::path& file : train) gathered.block.train_images += append(file, version, gathered.block);
  for (const fs::path& file : test) gathered.block.test_images += append(file, version, gathered.block);
  if (gathered.block.train_images == 0 || gathered.block.test_images == 0)
    throw RequestError(fmt::format("{}: a split holds no image", folder.string()),
                       "download or copy the files again");
  interleave_channels(gathered.block);
  return finish(std::move(gathered), settings);
}

}  // namespace

DataSource cifar_source() { return {load_cifar, nothing_present}; }

}  // namespace ablate
