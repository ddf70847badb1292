#include "data/csv_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

constexpr std::array<std::string_view, 6> label_names = {"label", "class", "target", "y", "labels", "digit"};
constexpr std::array<std::string_view, 7> index_names = {"",    "unnamed: 0", "id",      "index",
                                                         "idx", "imageid",    "image_id"};
constexpr std::size_t fewest_column_numbers = 10;

template <class Names>
bool is_among(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), lower_case(name)) != names.end();
}

/// "pixel12", "1x28", "p_3_4", "f7", "12": a name with a number at its end.
bool looks_like_a_value(const std::string& name) {
  return !name.empty() && name.back() >= '0' && name.back() <= '9';
}

/// The fields from `first` on count up from 0 or 1; those that are text are passed over.
bool count_up(std::span<const std::string> fields) {
  std::vector<double> numbers;
  for (const std::string& field : fields) {
    if (const auto number = plain_number(field)) numbers.push_back(*number);
  }
  if (numbers.size() < fewest_column_numbers) return false;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != numbers[0] + static_cast<double>(i)) return false;
  }
  return numbers[0] == 0.0 || numbers[0] == 1.0;
}

/// The column that `data.label` names: by its name, its number from 1, or `last`.
std::size_t named_label(const CsvFile& file, const CsvColumns& columns, const std::string& label) {
  const auto found = std::find(columns.names.begin(), columns.names.end(), label);
  if (found != columns.names.end()) return static_cast<std::size_t>(found - columns.names.begin());
  if (label == "last") return columns.count - 1;
  const auto number = plain_number(label);
  if (number && *number >= 1 && *number <= static_cast<double>(columns.count) &&
      *number == std::floor(*number))
    return static_cast<std::size_t>(*number) - 1;
  std::vector<std::string> names;
  for (const std::string& name : columns.names) {
    if (!looks_like_a_value(name)) names.push_back(name);
  }
  file.refuse(0, fmt::format("data.label: there is no column {}", excerpt(label)),
              names.empty() ? fmt::format("a number from 1 to {}, or last", columns.count)
                            : suggestion(label, names));
}

/// The column that holds the labels by the header's own words.
std::size_t label_by_header(const CsvFile& file, const CsvColumns& columns,
                            const std::vector<bool>& passed_over) {
  std::vector<std::size_t> called_so, others;
  for (std::size_t i = 0; i < columns.count; ++i) {
    if (passed_over[i]) continue;
    if (is_among(label_names, columns.names[i])) called_so.push_back(i);
    if (!looks_like_a_value(columns.names[i])) others.push_back(i);
  }
  if (called_so.size() == 1) return called_so.front();
  if (called_so.empty() && others.size() == 1) return others.front();
  const bool numbers = others.empty() && !columns.names.empty() && plain_number(columns.names[0]).has_value();
  file.refuse(0,
              numbers ? "the header is the numbers of the columns and does not say which holds the labels"
              : called_so.empty() ? "no column is called label, class, target or y"
                                  : fmt::format("{} columns could hold the labels", called_so.size()),
              "data.label: NAME of the column, its number from 1, or last");
}

}  // namespace

std::optional<double> plain_number(const std::string& text) {
  const auto value = number_of<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

bool is_header(const CsvFile& file) {
  const auto fields = file.fields();
  const auto texts = static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [](const auto& field) { return !plain_number(field); }));
  if (texts > 1) {
    const bool named = std::any_of(fields.begin(), fields.end(), [](const std::string& field) {
      return is_among(label_names, field) || (looks_like_a_value(field) && !plain_number(field));
    });
    return named || texts == fields.size() || count_up(fields);
  }
  if (texts == 0) return count_up(fields);
  return count_up(fields) || std::any_of(fields.begin(), fields.end(),
                                         [](const auto& field) { return is_among(label_names, field); });
}

CsvColumns find_columns(const CsvFile& file, const std::string& label) {
  CsvColumns columns;
  columns.count = file.fields().size();
  std::vector<bool> passed_over(columns.count, false);
  if (is_header(file)) {
    columns.names.assign(file.fields().begin(), file.fields().end());
    passed_over[0] = columns.count > 2 && is_among(index_names, columns.names[0]) &&
                     (label.empty() || columns.names[0] != label);
  }
  if (!label.empty()) {
    columns.label = named_label(file, columns, label);
  } else if (!columns.names.empty()) {
    columns.label = label_by_header(file, columns, passed_over);
  }
  for (std::size_t i = 0; i < columns.count; ++i) {
    columns.is_value.push_back(i != columns.label && !passed_over[i]);
    columns.values += columns.is_value.back() ? 1 : 0;
  }
  return columns;
}

}  // namespace ablate
