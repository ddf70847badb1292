/// The source `csv`: rows of a label and the values of an image.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/csv_columns.hpp"
#include "data/csv_file.hpp"
#include "data/emnist_files.hpp"
#include "data/excerpt.hpp"
#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/label_texts.hpp"
#include "data/pixel_scale.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

struct CsvFiles {
  std::filesystem::path train;
  std::filesystem::path test;  ///< empty: a share of the other is the test set
};

/// "7" of "7.0", as pandas writes whole numbers of a column that once had a gap.
std::string label_text(const std::string& field) {
  const std::size_t dot = field.find('.');
  const bool zeros = dot != std::string::npos && dot + 1 < field.size() &&
                     field.find_first_not_of('0', dot + 1) == std::string::npos;
  return zeros && plain_number(field) ? field.substr(0, dot) : field;
}

class CsvImages {
 public:
  CsvImages(const DataSettings& settings, const ClassMap& classes) : settings_(settings), classes_(classes) {}

  /// Appends the rows of a file and returns how many there were.
  std::size_t append(const std::filesystem::path& path) {
    CsvFile file(path);
    const std::size_t before = block_.labels.size();
    for (bool first = true; file.next(); first = false) {
      if (first && begin_file(file)) continue;
      append_row(file);
    }
    if (block_.labels.size() == before)
      throw RequestError(Location{file.name()}, "the file holds no images", row_shape);
    return block_.labels.size() - before;
  }

  Gathered finish() {
    scale_.finish(block_.pixels);
    Gathered gathered;
    gathered.classes = mapped_ ? classes_.name_classes(block_.labels) : texts_.finish(block_.labels);
    if (shape_.planar) interleave_channels(block_);
    gathered.block = std::move(block_);
    return gathered;
  }

  ImageBlock& block() { return block_; }

 private:
  /// Takes a first row in; true where it is a header.
  bool begin_file(const CsvFile& file) {
    const bool header = is_header(file);
    if (columns_.count > 0) {
      const auto fields = file.fields();
      const bool same =
          !header || columns_.names.empty() ||
          std::equal(fields.begin(), fields.end(), columns_.names.begin(), columns_.names.end());
      if (!same)
        file.refuse(0, "the header differs from that of the training file",
                    "give both files the same columns");
      return header;
    }
    columns_ = find_columns(file, settings_.label);
    check_size_setting(settings_.size);
    const auto shape = shape_of(columns_.values, settings_.size);
    if (!shape) {
      file.refuse(columns_.count, fmt::format("{} values do not make an image", columns_.values),
                  shape_advice(columns_.values, settings_.size));
    }
    shape_ = *shape;
    block_.rows = shape->rows;
    block_.columns = shape->columns;
    block_.channels = shape->channels;
    return header;
  }

  void append_row(const CsvFile& file) {
    const auto fields = file.fields();
    if (fields.size() < columns_.count) {
      file.refuse(fields.size(),
                  fmt::format("the row ends after {} of {} fields", fields.size(), columns_.count),
                  row_shape);
    }
    if (fields.size() > columns_.count)
      file.refuse(columns_.count, fmt::format("the row goes on after {} fields", columns_.count), row_shape);
    block_.labels.push_back(label_of(file));
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (columns_.is_value[i]) block_.pixels.push_back(value_of(file, i));
    }
    if (block_.pixels.size() > most_pixels)
      file.refuse(0, fmt::format("more than {} bytes of pixels", most_pixels), "split the file");
  }

  std::uint8_t label_of(const CsvFile& file) {
    const std::string text = label_text(file.fields()[columns_.label]);
    if (text.empty()) file.refuse(columns_.label, "the row has no label", row_shape);
    if (!mapped_) {
      if (const auto number = texts_.number_of(text)) return *number;
      file.refuse(columns_.label, "more than 256 different labels",
                  "is this the column of the labels? data.label names another");
    }
    const auto number = plain_number(text);
    const bool fits = number && *number >= 0 && *number <= 255 && *number == std::floor(*number);
    const auto found = fits ? classes_.class_of(static_cast<std::uint8_t>(*number)) : std::nullopt;
    if (found) return *found;
    file.refuse(
        columns_.label,
        fmt::format("label {} is outside the classes {}", fits ? text : excerpt(text), classes_.range()),
        "name the mapping file that belongs to these labels as data.mapping");
  }

  std::uint8_t value_of(const CsvFile& file, std::size_t column) {
    const std::string& field = file.fields()[column];
    const auto number = plain_number(field);
    const auto byte = number ? scale_.byte_of(*number, block_.pixels) : std::nullopt;
    if (byte) return *byte;
    const bool decimal_comma = file.separator() != ',' && field.find(',') != std::string::npos;
    file.refuse(column, fmt::format("{} is not {}", excerpt(field), PixelScale::expected),
                decimal_comma           ? "write decimals with a point"
                : number && *number < 0 ? "values around 0 are not read: give the pixels as they were before"
                : number                ? "one file set holds one kind of numbers"
                                        : row_shape);
  }

  const DataSettings& settings_;
  const ClassMap& classes_;
  const bool mapped_ = !classes_.is_empty();
  ImageBlock block_;
  CsvColumns columns_;
  Shape shape_;
  LabelTexts texts_;
  PixelScale scale_;
};

/// The one CSV file of a folder whose name holds `part`; nothing where there are none or several.
std::optional<std::filesystem::path> only_one(const std::filesystem::path& folder, std::string_view part) {
  std::vector<std::filesystem::path> found;
  for (const std::string& name : names_in(folder)) {
    const bool csv = name.ends_with(".csv") || name.ends_with(".csv.gz");
    if (csv && name.find(part) != std::string::npos) found.push_back(folder / name);
  }
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// Files of a folder, by names that say what they are.
CsvFiles find_in(const DataSettings& settings, const std::filesystem::path& folder) {
  Search search(folder);
  if (settings.test) {
    if (const auto single = is_folder(folder) ? only_one(folder, "") : std::nullopt) return {*single, {}};
    refuse_test_set(folder, {"test.csv"});
    const CsvFiles files{search.find({"train.csv"}), {}};
    search.refuse_missing("one CSV file, or one called so", "data.path: FILE.csv");
    return files;
  }
  CsvFiles files{search.find({fmt::format("emnist-{}-train.csv", settings.split), "train.csv"}),
                 search.find({fmt::format("emnist-{}-test.csv", settings.split), "test.csv"})};
  if (is_folder(folder) && (files.train.empty() || files.test.empty())) {
    const auto train = only_one(folder, "train"), test = only_one(folder, "test");
    if (train && test) return {*train, *test};
  }
  search.refuse_missing(
      fmt::format("CSV files of EMNIST split '{}', or any", settings.split),
      "set data.path to their folder, or name them: files: {train: [train.csv], test: [test.csv]}, or data.test: "
      "0.2 with one file");
  return files;
}

CsvFiles find_csv_files(const DataSettings& settings) {
  if (files_are_named(settings)) {
    constexpr const char* shape =
        "files: {train: [train.csv], test: [test.csv]}, or data.test: 0.2 with one file";
    check_file_count(settings.files.train, 1, "train", shape);
    CsvFiles files{named_file(settings, settings.files.train[0]), {}};
    if (settings.files.test.empty() && settings.test) return files;
    check_file_count(settings.files.test, 1, "test", shape);
    files.test = named_file(settings, settings.files.test[0]);
    return files;
  }
  DataSettings of_emnist = settings;
  of_emnist.source = Source::emnist;
  const std::filesystem::path place = source_folder(of_emnist);
  if (is_file(place)) return {place, {}};
  return find_in(settings, place);
}

/// Of the training file, without what all such names have in common; of a mere "train", the folder's.
std::string data_set_name(const std::filesystem::path& train) {
  std::string name = train.filename().string();
  for (const std::string_view ending : {".gz", ".csv", "-train", "_train"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

Dataset load_csv(const DataSettings& settings) {
  const CsvFiles files = find_csv_files(settings);
  const std::filesystem::path folder = folder_of(files.train);
  ClassMap classes;
  if (!settings.mapping.empty()) {
    classes = ClassMap::read(named_file(settings, settings.mapping));
  } else if (!files_are_named(settings)) {
    classes = emnist_classes(settings, folder);
  }
  CsvImages reader(settings, classes);
  reader.block().train_images = reader.append(files.train);
  reader.block().test_images = files.test.empty() ? 0 : reader.append(files.test);
  Gathered gathered = reader.finish();
  gathered.name = data_set_name(files.train);
  gathered.place = folder.string();
  gathered.transposed = files.train.filename().string().starts_with("emnist-");
  return finish(std::move(gathered), settings);
}

}  // namespace

DataSource csv_source() { return {load_csv, nothing_present}; }

}  // namespace ablate
