#include "data/contact_sheet.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/random.hpp"
#include "data/lettering.hpp"
#include "data/png.hpp"

namespace ablate {
namespace {

constexpr int most_per_class = 100;
constexpr std::size_t most_page_pixels = std::size_t{1} << 26;
constexpr int gap = 4;
constexpr double letter_height = 20.0;
constexpr int large_image =
    64;  // from here on, images are shown in their own size; smaller ones twice as large

/// Sizes of a page in pixels.
struct Layout {
  int zoom;
  int name_width;
  int cell_width;
  int row_height;
  int columns;
  int rows;
};

Layout layout_of(const Dataset& dataset, int per_class) {
  double longest = 0.0;
  for (const std::string& name : dataset.classes)
    longest = std::max(longest, text_width(name, letter_height));
  Layout page{};
  page.zoom = std::max(dataset.rows, dataset.columns) < large_image ? 2 : 1;
  page.name_width = static_cast<int>(longest) + 3 * gap;
  page.cell_width = page.zoom * dataset.columns + gap;
  page.row_height = std::max(page.zoom * dataset.rows, static_cast<int>(letter_height) + 2 * gap) + gap;
  page.columns = page.name_width + per_class * page.cell_width + gap;
  page.rows = static_cast<int>(dataset.classes.size()) * page.row_height + gap;
  const std::size_t pixels = static_cast<std::size_t>(page.columns) * static_cast<std::size_t>(page.rows);
  if (pixels > most_page_pixels) {
    throw RequestError(fmt::format("a contact sheet of {} x {} pixels is too large", page.columns, page.rows),
                       "ask for fewer images a class");
  }
  return page;
}

/// Some training images of a class.
std::vector<std::size_t> samples(const Dataset& dataset, std::size_t label, int per_class) {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < dataset.train_images; ++i) {
    if (dataset.label(i) == label) members.push_back(i);
  }
  Stream stream(0, fmt::format("contact_sheet/{}", label));
  shuffle(std::span(members), stream);
  members.resize(std::min(members.size(), static_cast<std::size_t>(per_class)));
  return members;
}

void place_image(const Dataset& dataset, std::size_t index, const Layout& page, int left, int top,
                 GreyImage& out) {
  const auto image = dataset.image(index);
  for (int y = 0; y < page.zoom * dataset.rows; ++y) {
    for (int x = 0; x < page.zoom * dataset.columns; ++x) {
      const int source = y / page.zoom * dataset.columns + x / page.zoom;
      out.at(top + y, left + x) = static_cast<std::uint8_t>(255 - image[static_cast<std::size_t>(source)]);
    }
  }
}

}  // namespace

void write_contact_sheet(const Dataset& dataset, int per_class, const std::filesystem::path& png) {
  if (per_class < 1 || per_class > most_per_class) {
    throw RequestError(fmt::format("{} images a class asked for", per_class),
                       fmt::format("ask for between 1 and {}", most_per_class));
  }
  const Layout page = layout_of(dataset, per_class);
  GreyImage out(page.rows, page.columns);
  for (std::size_t label = 0; label < dataset.classes.size(); ++label) {
    const int top = gap + static_cast<int>(label) * page.row_height;
    const int middle = top + (page.row_height - gap - static_cast<int>(letter_height)) / 2;
    write_text(dataset.classes[label], letter_height, 2 * gap, middle, out);
    int left = page.name_width;
    for (const std::size_t index : samples(dataset, label, per_class)) {
      place_image(dataset, index, page, left, top, out);
      left += page.cell_width;
    }
  }
  write_file(png, encode_png(out));
}

}  // namespace ablate
