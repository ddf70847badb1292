#include "data/sources.hpp"

#include <array>

#include "base/error.hpp"
#include "data/files.hpp"

namespace ablate {
namespace {

/// In the order of the enumerators.
using Make = DataSource (*)();
constexpr std::array<Make, 8> table = {glyphs_source, fashion_mnist_source, emnist_source, idx_source,
                                       csv_source,    npz_source,           folder_source, cifar_source};

/// The message in one line.
std::string fault_of(const RequestError& error) {
  const std::string message = error.what();
  std::string fault = message.substr(0, message.find('\n'));
  if (fault.ends_with(':')) fault.pop_back();
  return fault;
}

/// A place that cannot be looked at is one data set that is damaged.
std::vector<PresentData> present_of(const DataSource& source, const DataSettings& settings) {
  try {
    return source.present();
  } catch (const RequestError& error) {
    return {{"", settings, "", std::nullopt, fault_of(error)}};
  }
}

}  // namespace

std::vector<PresentData> nothing_present() { return {}; }

PresentData measured(const DataSettings& settings, const std::string& split, const std::string& came_from,
                     DataSizes (*measure)(const DataSettings& settings)) {
  PresentData data{split, settings, came_from, {}, {}};
  try {
    data.sizes = measure(settings);
  } catch (const RequestError& error) {
    data.fault = fault_of(error);
  }
  return data;
}

Dataset load_dataset(const DataSettings& settings) {
  return table.at(static_cast<std::size_t>(settings.source))().load(settings);
}

std::vector<SourceInfo> list_sources() {
  std::vector<SourceInfo> sources;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const SourceRow& row = source_rows()[i];
    DataSettings settings;
    settings.source = static_cast<Source>(i);
    sources.push_back({std::string(row.name), std::string(row.description),
                       row.place.empty() ? std::string() : source_folder(settings).string(),
                       present_of(table.at(i)(), settings), std::string(row.how_to_get)});
  }
  return sources;
}

}  // namespace ablate
