#include "data/glyphs.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "data/handwriting.hpp"
#include "data/image_block.hpp"

namespace ablate {
namespace {

constexpr std::size_t glyph_pixels = std::size_t{glyph_side} * glyph_side;

std::size_t checked_count(std::optional<int> asked, int usual, const char* key) {
  const int count = asked.value_or(usual);
  constexpr std::uint64_t most = most_pixels / glyph_pixels / 2;
  if (count >= 1 && static_cast<std::uint64_t>(count) <= most) return static_cast<std::size_t>(count);
  throw RequestError(fmt::format("{}: {} images asked for", key, count),
                     fmt::format("set it to between 1 and {}", most));
}

/// Every class in turn, then shuffled.
std::vector<std::uint8_t> shuffled_labels(std::size_t count, Stream stream) {
  std::vector<std::uint8_t> labels(count);
  for (std::size_t i = 0; i < count; ++i) labels[i] = static_cast<std::uint8_t>(i % characters().size());
  shuffle(std::span(labels), stream);
  return labels;
}

void append_split(std::string_view split, std::size_t count, std::uint64_t seed, ImageBlock& block) {
  Handwriting hand(glyph_side);
  const auto labels = shuffled_labels(count, Stream(seed, fmt::format("glyphs/{}", split)));
  block.labels.insert(block.labels.end(), labels.begin(), labels.end());
  std::size_t start = block.pixels.size();
  block.pixels.resize(start + count * glyph_pixels);
  for (std::size_t i = 0; i < count; ++i, start += glyph_pixels) {
    Stream stream(seed, fmt::format("glyphs/{}/{}", split, i));
    hand.write(characters()[labels[i]], stream, std::span(block.pixels).subspan(start, glyph_pixels));
  }
}

}  // namespace

Dataset draw_glyphs(const DataSettings& settings) {
  const std::size_t train = checked_count(settings.train_images, default_train_glyphs, "data.train_images");
  const std::size_t test = checked_count(settings.test_images, default_test_glyphs, "data.test_images");
  const auto seed = static_cast<std::uint64_t>(settings.seed);
  ImageBlock block{glyph_side, glyph_side, train, test, {}, {}};
  block.pixels.reserve((train + test) * glyph_pixels);
  append_split("train", train, seed, block);
  append_split("test", test, seed, block);
  std::vector<std::string> classes;
  for (const Character& character : characters()) classes.push_back(character.name);
  return make_dataset(std::move(block), std::move(classes), "glyphs",
                      fmt::format("drawn from seed {}", seed));
}

}  // namespace ablate
