#include "serve/answer_data.hpp"

#include <catch2/catch.hpp>

#include "report/answer_words.hpp"
#include "report/synthetic.hpp"

using namespace ablate;

TEST_CASE("a blind page hides an unfinished study's differences, and shows those of a finished one") {
  StudyRecords records = synthetic::records();
  CHECK_FALSE(is_hidden(compare(records, {}), true));
  synthetic::end(records, records.runs.back().id, RunStatus::planned);
  const Comparison unfinished = compare(records, {});
  CHECK_FALSE(is_hidden(unfinished, false));
  REQUIRE(is_hidden(unfinished, true));
  const auto hidden = answer_data(unfinished, true);
  CHECK(hidden["hidden"] == true);
  for (const char* told : {"plot", "table", "bullets", "notes"}) CHECK_FALSE(hidden.contains(told));
  const auto shown = answer_data(unfinished, false);
  CHECK(shown["headline"] == headline(unfinished));
  CHECK(shown["plot"]["wide"].get<std::string>().find("<svg") == 0);
}
