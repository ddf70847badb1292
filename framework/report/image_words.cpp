#include "report/image_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/phrases.hpp"
#include "text/numbers.hpp"

namespace ablate {

bool knows_images(const Comparison& comparison) {
  const auto known = [](const TwoLevels& images) { return images.reason.empty(); };
  const auto& contrasts = comparison.answer->contrasts;
  return std::any_of(contrasts.begin(), contrasts.end(), [&](const AnsweredContrast& of) {
    return known(of.pooled_images) || std::any_of(of.level_images.begin(), of.level_images.end(), known);
  });
}

std::string images_text(const TwoLevels& images, int decimals) {
  return images.reason.empty() ? interval_text(images.on_images_like_these, decimals) : std::string();
}

std::string images_note(const Comparison& comparison) {
  const TwoLevels& first = comparison.answer->contrasts.front().pooled_images;
  if (!knows_images(comparison)) {
    return fmt::format(
        "Chance is that of seeds on these test images alone; on images like these: {}. The training sample is one and "
        "fixed.",
        first.reason);
  }
  return "On images like these: seeds and test images are both drawn from what there could be. In the seeds x images "
         "table of differences in being right, V = max(v1, v3) + v2 - v3 (mean squares of seeds, images and the rest, "
         "each over seeds times images), mean +- t(nu) sqrt(V), each row at the share of the level that Bonferroni "
         "leaves it (Satterthwaite 1946; Cornfield and Tukey 1956), and never less than the interval on these images. The training sample is one and fixed in both.";
}

void add_image_columns(Table& table) {
  for (const char* name : {"images", "image_seeds", "image_low", "image_high", "variance_of_seeds",
                           "variance_of_images", "variance_of_rest", "image_degrees", "image_note"})
    table.columns.push_back({name});
}

void add_image_values(std::vector<Value>& row, const TwoLevels& images) {
  const bool known = images.reason.empty();
  const auto value = [&](double number) { return number_or_null(known ? number : undefined); };
  row.insert(row.end(),
             {images.images ? Value(whole(images.images)) : Value(),
              images.seeds ? Value(whole(images.seeds)) : Value(), value(images.on_images_like_these.low),
              value(images.on_images_like_these.high), value(images.of_seeds), value(images.of_images),
              value(images.of_rest), value(images.degrees), text_or_null(std::string(images.reason))});
}

}  // namespace ablate
