#include "report/image_views.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "report/comparison.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_shown = 12, most_runs_asked = 10;

/// Two runs of one seed in one setting.
struct SidesOfSeed {
  std::int64_t from = 0, to = 0;
};

const RunSummary* done_run(const VariantSummary& variant, std::int64_t seed) {
  for (const RunSummary& run : variant.runs) {
    if (run.seed == seed && run.status == RunStatus::done) return &run;
  }
  return nullptr;
}

std::vector<SidesOfSeed> pairs_of(const Comparison& comparison, const AnsweredContrast& of) {
  std::vector<SidesOfSeed> pairs;
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    for (const RunSummary& run : comparison.variants[of.from_variants[s]].runs) {
      const RunSummary* other = done_run(comparison.variants[of.to_variants[s]], run.seed);
      if (run.status == RunStatus::done && other) pairs.push_back({run.run_id, other->run_id});
    }
  }
  return pairs;
}

void count_vote(SideSays& side, std::uint8_t truth, std::uint8_t says) {
  ++side.runs;
  side.right += says == truth;
  const auto known = std::find_if(side.classes.begin(), side.classes.end(),
                                  [&](const auto& vote) { return vote.first == says; });
  if (known == side.classes.end()) {
    side.classes.emplace_back(says, 1);
  } else {
    ++known->second;
  }
}

void sort_votes(SideSays& side) {
  std::sort(side.classes.begin(), side.classes.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
}

std::vector<GalleryImage> all_images(const std::vector<SidesOfSeed>& pairs,
                                     const std::vector<std::uint8_t>& truth, const Guesses& guesses) {
  std::vector<GalleryImage> images(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) images[i].place = i, images[i].truth = truth[i];
  for (const SidesOfSeed& pair : pairs) {
    const auto from = guesses.find(pair.from), to = guesses.find(pair.to);
    const bool whole = from != guesses.end() && to != guesses.end() && from->second.size() == truth.size() &&
                       to->second.size() == truth.size();
    if (!whole) continue;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      count_vote(images[i].from, truth[i], from->second[i]);
      count_vote(images[i].to, truth[i], to->second[i]);
    }
  }
  for (GalleryImage& image : images) {
    sort_votes(image.from);
    sort_votes(image.to);
  }
  return images;
}

/// The first by `before`, ties by place, of those that `is` holds for.
template <class Before, class Is>
std::vector<GalleryImage> first_of(const std::vector<GalleryImage>& images, const Before& before,
                                   const Is& is) {
  std::vector<GalleryImage> chosen;
  std::copy_if(images.begin(), images.end(), std::back_inserter(chosen), is);
  std::stable_sort(chosen.begin(), chosen.end(), before);
  chosen.resize(std::min(chosen.size(), most_shown));
  return chosen;
}

/// Both sides have as many runs, so that counts compare like shares.
void choose(ImageViews& views, const std::vector<GalleryImage>& images) {
  const auto gain = [](const GalleryImage& image) {
    return static_cast<std::int64_t>(image.to.right) - static_cast<std::int64_t>(image.from.right);
  };
  const auto right = [](const GalleryImage& image) { return image.to.right + image.from.right; };
  views.images = images.size();
  for (const GalleryImage& image : images) {
    views.differ += gain(image) != 0;
    views.never += right(image) == 0;
  }
  views.to_better = first_of(
      images, [&](const auto& a, const auto& b) { return gain(a) > gain(b); },
      [&](const auto& image) { return gain(image) > 0; });
  views.from_better = first_of(
      images, [&](const auto& a, const auto& b) { return gain(a) < gain(b); },
      [&](const auto& image) { return gain(image) < 0; });
  // Of images that nobody gets right, those first whose wrong answer most runs agree on.
  const auto agreed = [](const GalleryImage& image) {
    return image.to.classes.front().second + image.from.classes.front().second;
  };
  views.hardest = first_of(
      images,
      [&](const auto& a, const auto& b) {
        return right(a) != right(b) ? right(a) < right(b) : agreed(a) > agreed(b);
      },
      [&](const auto& image) { return 2 * right(image) < image.to.runs + image.from.runs; });
}

void add_pictures(ImageViews& views, std::int64_t run_id, const ImageSource& source) {
  std::vector<GalleryImage*> wanted;
  for (auto* images : {&views.to_better, &views.from_better, &views.hardest}) {
    for (GalleryImage& image : *images) wanted.push_back(&image);
  }
  std::vector<std::size_t> places;
  for (const GalleryImage* image : wanted) places.push_back(image->place);
  if (places.empty()) return;
  std::vector<SeenImage> pictures = source.pictures(run_id, places);
  for (std::size_t i = 0; i < pictures.size() && i < wanted.size(); ++i)
    wanted[i]->picture = std::move(pictures[i]);
}

void add_confidence(ConfidenceView& view, const RunConfidence& run) {
  ++view.runs;
  view.bins.resize(run.bins.size());
  for (std::size_t b = 0; b < run.bins.size(); ++b) {
    view.bins[b].images += run.bins[b].images;
    view.bins[b].right += run.bins[b].right;
    view.bins[b].confidence += run.bins[b].confidence;
  }
  view.true_positive_rates.resize(run.true_positive_rates.size(), std::vector<double>(roc_grid.size(), 0.0));
  for (std::size_t c = 0; c < run.true_positive_rates.size(); ++c) {
    for (std::size_t p = 0; p < roc_grid.size(); ++p)
      view.true_positive_rates[c][p] += run.true_positive_rates[c][p];
  }
}

std::optional<ConfidenceView> confidence_of(const Comparison& comparison, std::size_t variant,
                                            const ImageSource& source) {
  ConfidenceView view{variant};
  std::size_t asked = 0;
  for (const RunSummary& run : comparison.variants[variant].runs) {
    if (run.status != RunStatus::done || asked == most_runs_asked) continue;
    ++asked;
    const auto confidence = source.confidence(run.run_id);
    if (!confidence) return std::nullopt;
    add_confidence(view, *confidence);
    view.run_ids.push_back(run.run_id);
  }
  if (view.runs == 0) return std::nullopt;
  for (auto& curve : view.true_positive_rates) {
    for (double& rate : curve) rate /= static_cast<double>(view.runs);
  }
  return view;
}

using Bytes = std::vector<std::uint8_t>;

void put_bytes(Bytes& bytes, std::size_t value, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i) & 0xFF));
}

}  // namespace

std::optional<ImageViews> image_views(const Comparison& comparison, const std::vector<std::uint8_t>& truth,
                                      const Guesses& guesses, const ImageSource* source) {
  if (!comparison.answer) return std::nullopt;
  const AnsweredContrast& of = comparison.answer->contrasts.front();
  const auto pairs = pairs_of(comparison, of);
  if (pairs.empty()) return std::nullopt;
  ImageViews views;
  views.from = of.from, views.to = of.to;
  const auto images = all_images(pairs, truth, guesses);
  const bool told = !images.empty() && images.front().to.runs > 0;
  if (told) choose(views, images);
  if (source) {
    if (told) add_pictures(views, pairs.front().to, *source);
    const std::size_t s = main_setting(comparison, of);
    for (const std::size_t variant : {of.from_variants[s], of.to_variants[s]}) {
      if (auto view = confidence_of(comparison, variant, *source))
        views.confidences.push_back(std::move(*view));
    }
    if (views.confidences.size() < 2) views.confidences.clear();
    views.why_not = source->why_not();
  }
  if (!told && views.confidences.empty() && views.why_not.empty()) return std::nullopt;
  return views;
}

std::string data_address(const SeenImage& picture) {
  constexpr std::size_t head = 54;
  const std::size_t stride = (picture.columns * 3 + 3) / 4 * 4, body = stride * picture.rows;
  Bytes bytes = {'B', 'M'};
  put_bytes(bytes, head + body, 4);
  put_bytes(bytes, 0, 4);
  put_bytes(bytes, head, 4);
  put_bytes(bytes, 40, 4);
  put_bytes(bytes, picture.columns, 4);
  put_bytes(bytes, picture.rows, 4);
  put_bytes(bytes, 1, 2);
  put_bytes(bytes, 24, 2);
  bytes.resize(head, 0);                              // no compression, and sizes that a reader works out
  for (std::size_t row = picture.rows; row-- > 0;) {  // from the bottom up, blue first
    const std::size_t begin = bytes.size();
    for (std::size_t column = 0; column < picture.columns; ++column) {
      const std::size_t pixel = (row * picture.columns + column) * picture.channels;
      for (std::size_t c = 3; c-- > 0;)
        bytes.push_back(picture.pixels[pixel + (picture.channels == 3 ? c : 0)]);
    }
    bytes.resize(begin + stride, 0);
  }
  return "data:image/bmp;base64," + base64(bytes);
}

}  // namespace ablate
