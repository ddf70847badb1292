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
  int tile_width;
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
  page.tile_width = page.zoom * dataset.columns + gap;
  page.row_height = std::max(page.zoom * dataset.rows, static_cast<int>(letter_height) + 2 * gap) + gap;
  page.columns = page.name_width + per_class * page.tile_width + gap;
  page.rows = static_cast<int>(dataset.classes.size()) * page.row_height + gap;
  const std::size_t pixels = static_cast<std::size_t>(page.columns) * static_cast<std::size_t>(page.rows);
  if (pixels > most_page_pixels) {
    throw RequestError(fmt::format("a contact sheet of {} x {} pixels is too large", page.columns, page.rows),
                       "ask for fewer images per class");
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

/// An image and its place on the page.
struct Placed {
  std::size_t index;
  int left, top;
};

/// Calls `put(y, x, pixel)` for every pixel that the image has on the page.
template <class Put>
void place_image(const Dataset& dataset, const Placed& placed, int zoom, const Put& put) {
  const auto image = dataset.image(placed.index);
  const auto channels = static_cast<std::size_t>(dataset.channels);
  for (int y = 0; y < zoom * dataset.rows; ++y) {
    for (int x = 0; x < zoom * dataset.columns; ++x) {
      const int source = y / zoom * dataset.columns + x / zoom;
      put(placed.top + y, placed.left + x, image.data() + static_cast<std::size_t>(source) * channels);
    }
  }
}

/// Grey images as dark ink on white.
std::string grey_page(const Dataset& dataset, const std::vector<Placed>& images, int zoom, GreyImage page) {
  for (const Placed& placed : images) {
    place_image(dataset, placed, zoom, [&](int y, int x, const std::uint8_t* pixel) {
      page.at(y, x) = static_cast<std::uint8_t>(255 - *pixel);
    });
  }
  return encode_png(page);
}

/// Colours as they are.
std::string colour_page(const Dataset& dataset, const std::vector<Placed>& images, int zoom,
                        const GreyImage& page) {
  std::vector<std::uint8_t> colours;
  colours.reserve(3 * page.pixels.size());
  for (const std::uint8_t grey : page.pixels) colours.insert(colours.end(), 3, grey);
  for (const Placed& placed : images) {
    place_image(dataset, placed, zoom, [&](int y, int x, const std::uint8_t* pixel) {
      const auto at =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(page.columns) + static_cast<std::size_t>(x);
      std::copy_n(pixel, 3, colours.begin() + static_cast<std::ptrdiff_t>(3 * at));
    });
  }
  return encode_png(page.rows, page.columns, colours);
}

}  // namespace

void write_contact_sheet(const Dataset& dataset, int per_class, const std::filesystem::path& png) {
  if (per_class < 1 || per_class > most_per_class) {
    throw RequestError(fmt::format("{} images per class asked for", per_class),
                       fmt::format("ask for between 1 and {}", most_per_class));
  }
  const Layout page = layout_of(dataset, per_class);
  GreyImage out(page.rows, page.columns);
  std::vector<Placed> images;
  for (std::size_t label = 0; label < dataset.classes.size(); ++label) {
    const int top = gap + static_cast<int>(label) * page.row_height;
    const int middle = top + (page.row_height - gap - static_cast<int>(letter_height)) / 2;
    write_text(dataset.classes[label], letter_height, 2 * gap, middle, out);
    int left = page.name_width;
    for (const std::size_t index : samples(dataset, label, per_class)) {
      images.push_back({index, left, top});
      left += page.tile_width;
    }
  }
  write_file(png, dataset.channels == 3 ? colour_page(dataset, images, page.zoom, out)
                                        : grey_page(dataset, images, page.zoom, std::move(out)));
}

}  // namespace ablate
