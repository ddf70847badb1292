#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/asked.hpp"
#include "report/section_of.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

const std::vector<double> up = {.02, .03, .01, .02, .03, .02};

/// Skip and width crossed; a stop rule cut both variants of width 128.
StudyRecords cut_at_128() {
  auto records = synthetic::with_accuracies({six, changed(up), six, changed(up)});
  for (std::size_t v = 0; v < 4; ++v) {
    records.variants[v].factors = {{"model.skip", std::string(v % 2 ? "projection" : "none")},
                                   {"model.hidden", std::int64_t{v < 2 ? 64 : 128}}};
  }
  for (std::int64_t run = 13; run <= 24; ++run) synthetic::end(records, run, RunStatus::stopped, "halving");
  return records;
}

}  // namespace

TEST_CASE("a contrast of which a stop rule cut settings says over which it is, once") {
  const auto comparison = asked(cut_at_128());
  REQUIRE(comparison.answer->contrasts.size() == 1);
  CHECK(comparison.answer->contrasts[0].settings.size() == 1);
  CHECK_THAT(
      bullets(comparison),
      Contains("skip: none → projection, hidden 64 (others were stopped) +0.0217") && !Contains("over all"));
  const Table rows = page_table(comparison, "contrasts");
  REQUIRE(rows.rows.size() == 1);
  CHECK(to_string(rows.rows[0].at(1)) == "hidden 64 (others were stopped)");
}

TEST_CASE("runs that a stop rule ended are told beside what weakens the answer, and as a chip") {
  const auto comparison = asked(cut_at_128());
  CHECK_THAT(bullets(comparison),
             Contains("a stop rule cut 2 of 4 variants (12 of 24 runs), of which nothing is said"));
  CHECK_THAT(chips(comparison), Catch::VectorContains(std::string("12 stopped")));
}

TEST_CASE("why six seeds are judged by Student's t beside stopped variants is not said to be their number") {
  const auto comparison = asked(cut_at_128());
  // One row and two stopped variants: 3 * 2 / 2^6 is above 0.05.
  const auto notes = section_of(comparison, "contrasts").notes;
  CHECK_THAT(
      fmt::format("{}", fmt::join(notes, " ")),
      Contains("too many rows and stopped variants share the level") && !Contains("fewer than 6 seeds"));
}
