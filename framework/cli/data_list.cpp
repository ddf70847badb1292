#include "cli/data_list.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/data_study.hpp"
#include "cli/fitted_table.hpp"
#include "data/dataset.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

using Row = std::vector<Value>;

Value whole(std::size_t number) { return static_cast<std::int64_t>(number); }

/// The cells that tell what is in a data set; empty ones where that is not known.
Row size_cells(const std::optional<DataSizes>& sizes) {
  if (!sizes) return Row(4);
  return {whole(sizes->train_images), whole(sizes->test_images), whole(sizes->classes),
          fmt::format("{} x {}", sizes->rows, sizes->columns)};
}

/// SHA-256 of the training and of the test images with their labels; a data set that cannot be loaded has
/// none, and says why on stderr.
Row hash_cells(const PresentData& data, Console& console) {
  try {
    const Dataset dataset = load_dataset(data.settings);
    return {dataset.train_sha256, dataset.test_sha256};
  } catch (const RequestError& error) {
    console.err << error.what() << "\n";
    return Row(2);
  }
}

std::string note(const SourceInfo& source, const PresentData* data) {
  if (!data) return source.how_to_get;
  return data->sizes ? source.description : data->fault;
}

Row row_of(const SourceInfo& source, const PresentData* data) {
  const bool sound = data && data->sizes;
  Row row = {source.name, data ? data->split : "", std::string(sound ? "yes" : data ? "damaged" : "no")};
  const Row sizes = size_cells(data ? data->sizes : std::nullopt);
  row.insert(row.end(), sizes.begin(), sizes.end());
  row.insert(row.end(), {source.place, data ? data->came_from : "", note(source, data)});
  return row;
}

void add_rows(const SourceInfo& source, bool hashes, Table& table, Console& console) {
  std::vector<const PresentData*> found;
  for (const PresentData& data : source.present) found.push_back(&data);
  if (found.empty()) found.push_back(nullptr);
  for (const PresentData* data : found) {
    Row row = row_of(source, data);
    if (hashes) {
      const Row cells = data ? hash_cells(*data, console) : Row(2);
      row.insert(row.end(), cells.begin(), cells.end());
    }
    table.rows.push_back(std::move(row));
  }
}

}  // namespace

int list_data(const std::string& only, bool hashes, Format format, Console& console) {
  const std::vector<SourceInfo> sources = list_sources();
  const auto is_asked = [&](const SourceInfo& source) { return only.empty() || source.name == only; };
  if (std::none_of(sources.begin(), sources.end(), is_asked)) {
    throw RequestError(fmt::format("there is no data source '{}'", only), suggestion(only, source_names()));
  }
  hashes = hashes || !only.empty();
  Table table;
  table.columns = {{"source"},  {"split"},  {"present"}, {"train_images"}, {"test_images"},
                   {"classes"}, {"pixels"}, {"place"},   {"came_from"},    {"note"}};
  if (hashes) table.columns.insert(table.columns.end(), {{"train_sha256"}, {"test_sha256"}});
  for (const SourceInfo& source : sources) {
    if (is_asked(source)) add_rows(source, hashes, table, console);
  }
  print_table(console, table, format, {.cuts_texts = false});
  return exit_done;
}

}  // namespace ablate
