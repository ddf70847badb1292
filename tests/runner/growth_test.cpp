#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "runner/sweep_support.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a study may grow by seeds and variants, and only the new runs are trained") {
  const TemporaryFolder folder;
  Silent first, second;
  sweep(study_of("{list: {a: {}}}"), folder / "a.db", first);
  sweep(study_of("{list: {a: {}, b: {model.skip: none}}}"), folder / "a.db", second);
  CHECK(second.endings == std::vector<std::string>{"b 1 done", "b 2 done"});
}

TEST_CASE("runs of an earlier plan that the file no longer asks for are left alone") {
  const TemporaryFolder folder;
  Silent stopped, second;
  stopped.epochs_until_stop = 1;
  sweep(study_of("{list: {a: {}, b: {model.skip: none}}}"), folder / "a.db", stopped);
  CHECK(sweep(study_of("{list: {b: {model.skip: none}}}"), folder / "a.db", second, replanning()).trained ==
        2);
  CHECK(second.endings == std::vector<std::string>{"b 1 done", "b 2 done"});
}

TEST_CASE("a study that shrank is done when the runs that it still has are done") {
  const TemporaryFolder folder;
  Silent stopped, second;
  stopped.epochs_until_stop = 1;
  sweep(study_of("{list: {a: {}}}"), folder / "a.db", stopped);
  const Study small = study_of("{list: {b: {model.skip: none}}}");
  CHECK(sweep(small, folder / "a.db", second, replanning()).counts.runs == 2);
  CHECK(nothing_left(small, folder / "a.db", false));
}

TEST_CASE("a study that is refused leaves no database behind") {
  const TemporaryFolder folder;
  Silent listener;
  CHECK_THROWS_AS(sweep(study_of("{list: {bad: {model.skip: identity}}}"), folder / "a.db", listener),
                  RequestError);
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
}

TEST_CASE("an empty file where the database should be is filled, not refused") {
  const TemporaryFolder folder;
  Silent listener;
  write_file(folder / "a.db", "");
  const Study study = study_of("{list: {a: {}}}");
  CHECK_FALSE(nothing_left(study, folder / "a.db", false));
  CHECK(sweep(study, folder / "a.db", listener).counts.done == 2);
}

TEST_CASE("a variant that changed under the same name is refused, and nothing is lost") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(study_of("{list: {a: {}}}"), folder / "a.db", listener);
  CHECK_THROWS_WITH(sweep(study_of("{list: {a: {model.skip: none}}}"), folder / "a.db", listener),
                    Catch::Contains("~ variant 'a'") &&
                        Catch::Contains("--replan trains 2 runs again, about ") &&
                        Catch::Contains(" one at a time"));
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM run WHERE status = 'done'")[0] == "2");
}

TEST_CASE("a variant that cannot be built is refused by name before anything is trained or written") {
  const TemporaryFolder folder;
  Silent listener;
  CHECK_THROWS_WITH(
      sweep(study_of("{list: {good: {}, bad: {model.skip: identity}}}"), folder / "a.db", listener),
      Catch::Contains("variant 'bad'") && Catch::Contains("equal widths"));
  CHECK(listener.endings.empty());
}

TEST_CASE("a finished study is told anew with another question without its data") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of(two_skips);
  sweep(study, folder / "a.db", listener);
  Study retold = study;
  retold.question = "is it worth it?";
  retold.sha256 = "of another text";
  CHECK(nothing_left(retold, folder / "a.db", false));
  describe_again(retold, folder / "a.db");
  const Reader reader(folder / "a.db");
  CHECK(reader.study(study.name).question == "is it worth it?");
  CHECK(reader.study(study.name).config_sha256 == "of another text");
  CHECK(reader.variants(1)[0].parameters > 0);
  retold.plan_sha256 = "of another plan";
  CHECK_FALSE(nothing_left(retold, folder / "a.db", false));
}
