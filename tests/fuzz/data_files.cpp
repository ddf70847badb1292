/// Any bytes as files of images: they give a data set whose sizes and labels agree, or a RequestError.

#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/error.hpp"
#include "data/byte_reader.hpp"
#include "data/dataset.hpp"
#include "data/pictures.hpp"
#include "data/unpack.hpp"
#include "fuzz/targets.hpp"
#include "support/temporary_folder.hpp"

namespace ablate::fuzz {
namespace {

const test::TemporaryFolder& folder() {
  static const test::TemporaryFolder made;
  return made;
}

/// The input's parts as files of these names; missing ones are empty.
template <std::size_t N>
void write_parts(Bytes bytes, const std::array<const char*, N>& names) {
  const auto contents = parts(bytes);
  for (std::size_t i = 0; i < N; ++i) {
    folder().write(names[i], i < contents.size() ? contents[i] : std::string_view());
  }
}

void load(const DataSettings& settings) {
  Dataset dataset;
  try {
    dataset = load_dataset(settings);
  } catch (const RequestError&) {
    return;
  }
  const std::size_t images = dataset.train_images + dataset.test_images;
  bool sound = dataset.labels.span().size() == images && !dataset.classes.empty() &&
               dataset.pixels.span().size() == images * dataset.pixels_per_image();
  for (const std::uint8_t label : dataset.labels.span()) sound = sound && label < dataset.classes.size();
  if (!sound) throw std::logic_error("the parts of the data set do not agree");
}

}  // namespace

void idx(Bytes bytes) {
  write_parts(bytes, std::array{"images", "labels", "test-images", "test-labels"});
  DataSettings settings;
  settings.source = Source::idx;
  settings.path = folder().text();
  settings.files = {{"images", "labels"}, {"test-images", "test-labels"}};
  load(settings);
}

void csv(Bytes bytes) {
  write_parts(bytes, std::array{"train.csv", "test.csv", "mapping.txt"});
  DataSettings settings;
  settings.source = Source::csv;
  settings.path = folder().text();
  settings.files = {{"train.csv"}, {"test.csv"}};
  if (parts(bytes).size() > 2) settings.mapping = (folder().path() / "mapping.txt").string();
  load(settings);
}

void gzip(Bytes bytes) {
  write_parts(bytes, std::array{"bytes"});
  std::array<std::uint8_t, 777> block{};
  try {
    ByteReader reader(folder().path() / "bytes");
    std::uint64_t total = 0;
    while (const std::size_t came = reader.read(block)) total += came;
    if (total != reader.position() || total > reader.length_bound())
      throw std::logic_error("more bytes came than the bound says");
  } catch (const RequestError&) {
  }
}

void unpack(Bytes bytes) {
  write_parts(bytes, std::array{"archive"});
  const std::filesystem::path out = folder().path() / "out";
  std::filesystem::create_directory(out);
  const std::atomic<bool> stop = false;
  try {
    ablate::unpack(folder().path() / "archive", {"a", "b.gz"}, out, stop, {1 << 20, 1 << 21, 100});
  } catch (const RequestError&) {
  }
  for (const auto& entry : std::filesystem::directory_iterator(out)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || (name != "a" && name != "b.gz") || entry.file_size() > (1 << 20))
      throw std::logic_error("unpacked what was not wanted: " + name);
  }
  std::filesystem::remove_all(out);
}

void pictures(Bytes bytes) {
  try {
    const Picture picture = decode_picture({bytes.begin(), bytes.end()}, "picture");
    const Picture small = scaled(picture, 5, 7);
    if (small.pixels.size() != 35 * static_cast<std::size_t>(picture.channels))
      throw std::logic_error("a picture of another size than asked for");
  } catch (const RequestError&) {
  }
}

void npz(Bytes bytes) {
  write_parts(bytes, std::array{"arrays.npz"});
  DataSettings settings;
  settings.source = Source::npz;
  settings.path = (folder().path() / "arrays.npz").string();
  settings.test = 0.5;
  load(settings);
}

}  // namespace ablate::fuzz
