#include "report/image_views.hpp"

#include <catch2/catch.hpp>

#include "base/base64.hpp"
#include "report/collect.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Two variants, two seeds: runs 1 and 2 of "no skip", 3 and 4 of "skip".
Comparison two_sides() { return compare(synthetic::records({{"no skip", "skip"}, 2, 2, true}), {}); }

const std::vector<std::uint8_t> truth = {0, 1, 1, 0};

/// Image 0: skip right twice, the other never; 1: the other way about in one seed; 2: nobody; 3: all.
const Guesses guesses = {{1, {1, 1, 0, 0}}, {2, {1, 1, 0, 0}}, {3, {0, 0, 0, 0}}, {4, {0, 1, 0, 0}}};

ImageSource small_source() {
  return {[](std::int64_t, const std::vector<std::size_t>& places) {
            std::vector<SeenImage> pictures;
            for (const std::size_t place : places)
              pictures.push_back({1, 2, 1, {static_cast<std::uint8_t>(place), 255}});
            return pictures;
          },
          [](std::int64_t run) {
            RunConfidence confidence;
            confidence.bins.assign(confidence_bins, {});
            confidence.bins[14] = {4, static_cast<std::size_t>(run), 3.9};
            confidence.true_positive_rates.assign(
                2, std::vector<double>(roc_grid.size(), 0.25 * static_cast<double>(run)));
            return confidence;
          },
          [] { return std::string(); }};
}

}  // namespace

TEST_CASE("the gallery holds the images that one side gets right more often, and the hardest") {
  const ImageSource source = small_source();
  const auto views = image_views(two_sides(), truth, guesses, &source);
  REQUIRE(views);
  CHECK((views->images == 4 && views->differ == 2 && views->never == 1));
  REQUIRE(views->to_better.size() == 1);
  CHECK(views->to_better[0].place == 0);
  CHECK((views->to_better[0].from.right == 0 && views->to_better[0].to.right == 2));
  CHECK(views->to_better[0].from.classes.front() == std::pair<std::uint8_t, std::size_t>{1, 2});
  REQUIRE(views->from_better.size() == 1);
  CHECK(views->from_better[0].place == 1);
  REQUIRE(views->hardest.size() == 1);
  CHECK(views->hardest[0].place == 2);
  CHECK(views->to_better[0].picture->pixels == std::vector<std::uint8_t>{0, 255});
}

TEST_CASE("confidences are added up and curves averaged over the runs of a side") {
  const ImageSource source = small_source();
  const auto views = image_views(two_sides(), {}, {}, &source);
  REQUIRE(views);
  REQUIRE(views->confidences.size() == 2);
  CHECK((views->confidences[1].runs == 2 && views->confidences[1].bins[14].images == 8));
  CHECK(views->confidences[1].bins[14].right == 3 + 4);
  CHECK(views->confidences[1].true_positive_rates[0][5] == Approx((0.75 + 1.0) / 2));
}

TEST_CASE("without images the gallery says what runs say, and why there is no picture") {
  ImageSource source;
  source.pictures = [](std::int64_t, const std::vector<std::size_t>&) { return std::vector<SeenImage>{}; };
  source.confidence = [](std::int64_t) { return std::optional<RunConfidence>{}; };
  source.why_not = [] { return std::string("the folder is gone"); };
  auto comparison = two_sides();
  comparison.images = image_views(comparison, truth, guesses, &source);
  const std::string html = html_page(comparison);
  CHECK_THAT(
      html, Contains("Not drawn: the folder is gone.") && Contains("class=\"gallery\"") && !Contains("<img"));
  CHECK_FALSE(image_views(comparison, {}, {}, nullptr));
  const Table table = page_table(comparison, "images");
  CHECK(to_string(table.rows.at(0).at(0)) == "gained");
  CHECK(to_string(table.rows.at(0).at(6)) == "2 of 2");
}

TEST_CASE("a picture is a bitmap of 24 bits, from the bottom up, each row filled to four bytes") {
  // By hand after the BITMAPINFOHEADER of Windows 3: 54 bytes of head, 2 rows of 1 x 3 bytes and 1 to fill.
  const std::string address = data_address({2, 1, 3, {10, 20, 30, 40, 50, 60}});
  REQUIRE(address.starts_with("data:image/bmp;base64,"));
  const auto bytes = bytes_of_base64(address.substr(22));
  REQUIRE(bytes);
  REQUIRE(bytes->size() == 54 + 8);
  CHECK(((*bytes)[0] == 'B' && (*bytes)[1] == 'M' && (*bytes)[2] == 62 && (*bytes)[10] == 54));
  CHECK(((*bytes)[18] == 1 && (*bytes)[22] == 2 && (*bytes)[28] == 24));
  CHECK(std::vector<std::uint8_t>(bytes->begin() + 54, bytes->end()) ==
        std::vector<std::uint8_t>{60, 50, 40, 0, 30, 20, 10, 0});
}
