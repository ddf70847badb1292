#include "report/image_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/answer_words.hpp"
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
    return fmt::format("Chance is that of seeds on these test images alone; on images like these: {}.{}",
                       first.reason,
                       is_training_sample_fixed(comparison) ? " The training sample is one and fixed." : "");
  }
  return std::string(
             "On images like these: seeds and test images are both drawn from what there could be. In the seeds x images "
             "table of differences in being right, V = max(v1, v3) + v2 - v3 (mean squares of seeds, images and the rest, "
             "each over seeds times images), mean +- t(nu) sqrt(V), each row at the share of the level that Bonferroni "
             "leaves it (Satterthwaite 1946; Cornfield and Tukey 1956), and never less than the interval on these images.") +
         (is_training_sample_fixed(comparison) ? " The training sample is one and fixed in both." : "");
}

bool is_training_sample_fixed(const Comparison& comparison) {
  const auto changes_data = [](const std::string& key) { return key.starts_with("data."); };
  return has_sizes(comparison) &&
         std::none_of(comparison.factor_keys.begin(), comparison.factor_keys.end(), changes_data);
}

namespace {

/// A row whose word the interval over images does not bear: it reaches 0, or beyond the margin.
struct Borne {
  bool zero = true, margin = true;
};

Borne borne_by(const TwoLevels& images, const Said& said, double margin) {
  const Interval& other = images.on_images_like_these;
  if (!images.reason.empty() || !is_settled(said.word)) return {};
  const bool within = said.word != Word::better && said.word != Word::worse;
  return {said.word == Word::same || other.low > 0.0 || other.high < 0.0,
          !within || (-margin <= other.low && other.high <= margin)};
}

}  // namespace

void add_other_images(std::vector<Warning>& warnings, const Comparison& comparison) {
  std::vector<std::string> zero, margin;
  const auto look_at = [&](const Said& said, const TwoLevels& images, const std::string& name) {
    const Borne borne = borne_by(images, said, comparison.answer->margin);
    if (!borne.zero) zero.push_back(name);
    if (!borne.margin) margin.push_back(name);
  };
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    look_at(of.pooled, of.pooled_images, of.name);
    for (std::size_t i = 0; i < of.level_images.size() && of.levels.size() > 1; ++i)
      look_at(of.levels[i], of.level_images[i], level_name(comparison, of, of.contrast.levels[i]));
  }
  if (!zero.empty())
    warnings.push_back(
        {fmt::format("on other images of this kind there may be no difference: {}", names_text(zero, 3)),
         "Other images: the interval over seeds excludes 0, the one over seeds and images does not."});
  if (!margin.empty())
    warnings.push_back(
        {fmt::format("on other images of this kind the difference may be beyond the margin: {}",
                     names_text(margin, 3)),
         "Other images, margin: the interval over seeds is within the margin, the one over seeds and images is not."});
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
