#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/class_view.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Names = std::vector<std::string>;

/// "none: O 8, 0 2": what its runs say, with their number.
std::string says_text(const std::string& side, const SideSays& says, const Names& names) {
  constexpr std::size_t most = 3;
  Names parts;
  for (std::size_t i = 0; i < std::min(says.classes.size(), most); ++i)
    parts.push_back(fmt::format("{} ×{}", names.at(says.classes[i].first), says.classes[i].second));
  return fmt::format("{}: {}{}", side, fmt::join(parts, ", "), says.classes.size() > most ? ", …" : "");
}

/// Of every class that an image of the gallery is or was taken for.
Names names_of(const Comparison& comparison) {
  std::size_t classes = 0;
  const ImageViews& views = *comparison.images;
  for (const auto* images : {&views.to_better, &views.from_better, &views.hardest}) {
    for (const GalleryImage& image : *images) {
      classes = std::max<std::size_t>(classes, image.truth + 1U);
      for (const SideSays* side : {&image.from, &image.to}) {
        for (const auto& [label, votes] : side->classes) classes = std::max<std::size_t>(classes, label + 1U);
      }
    }
  }
  for (const DatasetRecord& set : comparison.datasets) {
    if (set.split == "test" && set.class_names.size() >= classes) return set.class_names;
  }
  return class_names(comparison, classes);
}

Gallery gallery_of(const ImageViews& views, std::string heading, const std::vector<GalleryImage>& images,
                   const Names& names) {
  Gallery gallery{std::move(heading), {}};
  for (const GalleryImage& image : images) {
    gallery.tiles.push_back(
        {image.picture ? data_address(*image.picture) : std::string(),
         fmt::format("{} (image {})", names.at(image.truth), image.place),
         {says_text(views.from, image.from, names), says_text(views.to, image.to, names)}});
  }
  return gallery;
}

void add_image_rows(Table& table, const char* kind, const std::vector<GalleryImage>& images,
                    const Names& names, std::size_t most) {
  for (std::size_t i = 0; i < std::min(images.size(), most); ++i) {
    const GalleryImage& image = images[i];
    const auto usual = [&](const SideSays& says) { return names.at(says.classes.front().first); };
    table.rows.push_back({std::string(kind), whole(image.place), names.at(image.truth), usual(image.from),
                          usual(image.to), fmt::format("{} of {}", image.from.right, image.from.runs),
                          fmt::format("{} of {}", image.to.right, image.to.runs)});
  }
}

Table table_of(const ImageViews& views, const Names& names, std::size_t most) {
  Table table{{{"which"},
               {"image"},
               {"truth"},
               {views.from + " says"},
               {views.to + " says"},
               {views.from + " right"},
               {views.to + " right"}},
              {}};
  add_image_rows(table, "gained", views.to_better, names, most);
  add_image_rows(table, "lost", views.from_better, names, most);
  add_image_rows(table, "hardest", views.hardest, names, most);
  return table;
}

Evidence image_source(const Comparison& comparison) {
  return {
      fmt::format("SELECT v.name AS variant, r.seed, p.classes, t.classes AS truth\n"
                  "FROM run r JOIN variant v ON v.id = r.variant_id JOIN prediction p ON p.run_id = r.id\n"
                  "JOIN truth t ON t.dataset_id = r.test_dataset_id\n"
                  "WHERE r.study_id = {} AND r.status = 'done' AND NOT r.obsolete{}\nORDER BY v.id, r.seed",
                  comparison.study_id, of_chosen(comparison)),
      done_runs(comparison)};
}

}  // namespace

Section images_section(const Comparison& comparison) {
  constexpr std::size_t most_rows = 5;
  Section section{"images", "The images"};
  section.is_shown = comparison.images && comparison.images->images > 0;
  if (!section.is_shown) return section;
  const ImageViews& views = *comparison.images;
  const Names names = names_of(comparison);
  section.paragraphs = {fmt::format(
      "Of {} test images, {} are right in another share of the runs with {} than with {}; {} are never right with "
      "either.",
      group_digits(static_cast<std::int64_t>(views.images)),
      group_digits(static_cast<std::int64_t>(views.differ)), views.to, views.from,
      group_digits(static_cast<std::int64_t>(views.never)))};
  section.galleries = {
      gallery_of(views, fmt::format("Right more often with {}", views.to), views.to_better, names),
      gallery_of(views, fmt::format("Right more often with {}", views.from), views.from_better, names),
      gallery_of(views, "The hardest", views.hardest, names)};
  PageTable table{"images", "Images that the sides differ on most", table_of(views, names, most_rows)};
  table.is_text_only = true;
  section.tables.push_back(std::move(table));
  section.notes = {
      "Each image with its truth, its place among the test images, and what the runs of either side say, "
      "with their number: seeds and settings that both sides have.",
      "Chosen for their differences: they show what changes, not how much."};
  if (!views.why_not.empty()) section.notes.push_back(fmt::format("Not drawn: {}.", views.why_not));
  section.links = {{"All that are shown: ", "tables/images.csv", "."}};
  section.evidence = image_source(comparison);
  section.files.push_back({"images", table_of(views, names, views.images)});
  return section;
}

}  // namespace ablate
