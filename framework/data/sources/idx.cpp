/// The source `idx`: pairs of IDX files, by their usual names or by any.

#include "data/idx.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/idx_folder.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

constexpr const char* shape = "files: {train: [images, labels], test: [images, labels]}";

IdxFiles named_files(const DataSettings& settings) {
  const auto& [train, test] = settings.files;
  check_file_count(train, 2, "train", shape);
  IdxFiles files{named_file(settings, train[0]), named_file(settings, train[1]), {}, {}};
  if (test.empty() && settings.test) return files;
  check_file_count(test, 2, "test", shape);
  files.test_images = named_file(settings, test[0]);
  files.test_labels = named_file(settings, test[1]);
  return files;
}

IdxFiles find_idx_files(const DataSettings& settings) {
  if (files_are_named(settings)) return named_files(settings);
  if (settings.path.empty()) {
    throw RequestError("data: the source idx needs data.path or data.files",
                       fmt::format("path: FOLDER, or {}", shape));
  }
  const std::filesystem::path folder = source_folder(settings);
  if (settings.test) refuse_test_set(folder, {"t10k-images-idx3-ubyte", "test-images-idx3-ubyte"});
  return find_idx_folder(folder, !settings.test, "IDX files",
                         fmt::format("check data.path, or name the files: {}",
                                     std::string_view(shape).substr(std::string_view("files: ").size())));
}

Dataset load_idx(const DataSettings& settings) {
  const IdxFiles files = find_idx_files(settings);
  ClassMap classes;
  if (!settings.mapping.empty()) classes = ClassMap::read(named_file(settings, settings.mapping));
  const std::filesystem::path folder = folder_of(files.train_images);
  Gathered gathered{read_idx(files, classes), {}, name_of_folder(folder), folder.string()};
  gathered.classes = classes.name_classes(gathered.block.labels);
  return finish(std::move(gathered), settings);
}

}  // namespace

DataSource idx_source() { return {load_idx, nothing_present}; }

}  // namespace ablate
