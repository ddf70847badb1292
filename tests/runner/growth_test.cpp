#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "runner/plan.hpp"
#include "runner/sweep_support.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

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
  SECTION("of no bytes") {}
  SECTION("that a killed process had made and not filled") {
    execute(folder / "a.db", "PRAGMA journal_mode = WAL; PRAGMA user_version = 0");
  }
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

namespace {

/// The study of two_skips, two seeds, whose runs keep what longer ones need; `training` may say more.
Study of_epochs(int epochs, const std::string& training = "",
                const std::string& rate = "schedule: step, initial: 0.05, every: 2") {
  return parse_study(fmt::format(R"(study: small
model: {{hidden: [4]}}
training: {{epochs: {}, batch_size: 8, learning_rate: {{{}}}, {}}}
variants: {}
seeds: 2
)",
                                 epochs, rate, training, two_skips),
                     "small.yaml", {}, metric_names());
}

/// All numbers of the runs that the study asks for.
std::vector<std::string> numbers_of(const fs::path& file) {
  return ask(
      file,
      "SELECT variant.name, seed, m.split, m.epoch, m.accuracy, m.log_loss, m.brier FROM epoch_metric AS m "
      "JOIN run ON run.id = m.run_id JOIN variant ON variant.id = run.variant_id WHERE NOT run.obsolete "
      "ORDER BY 1, 2, 3, 4");
}

}  // namespace

TEST_CASE(
    "a finished run with more epochs resumes from its kept checkpoint and ends with the undisturbed bits") {
  const TemporaryFolder folder;
  Silent listener;
  const std::string kept = "keep_checkpoint: true, optimizer: {type: adam}";
  sweep(of_epochs(2, kept), folder / "a.db", listener);
  CHECK_THAT(refusal([&] { sweep(of_epochs(5, kept), folder / "a.db", listener); }),
             Contains("--replan resumes 4 runs after the last epoch, about"));
  CHECK(sweep(of_epochs(5, kept), folder / "a.db", listener, replanning()).counts.done == 4);
  sweep(of_epochs(5, kept), folder / "b.db", listener);
  CHECK(numbers_of(folder / "a.db") == numbers_of(folder / "b.db"));
  const std::string selected =
      "SELECT variant.name, seed, split, class, precision, recall, f1, support, prediction.sha256 FROM "
      "class_metric JOIN run ON run.id = class_metric.run_id JOIN variant ON variant.id = run.variant_id "
      "JOIN prediction ON prediction.run_id = run.id "
      "WHERE NOT obsolete ORDER BY 1, 2, 3, 4";
  CHECK(ask(folder / "a.db", selected).size() >= 4);
  CHECK(ask(folder / "a.db", selected) == ask(folder / "b.db", selected));
  CHECK(ask(folder / "a.db", "SELECT DISTINCT exit_reason FROM run WHERE NOT obsolete AND id = 5") ==
        std::vector<std::string>{"all epochs; the first 2 are those of run 1"});
}

TEST_CASE("a longer run that was interrupted still says where its first epochs come from") {
  const TemporaryFolder folder;
  Silent listener, stopped;
  const std::string kept = "keep_checkpoint: true";
  sweep(of_epochs(2, kept), folder / "a.db", listener);
  stopped.epochs_until_stop = 1;
  sweep(of_epochs(5, kept), folder / "a.db", stopped, replanning());
  sweep(of_epochs(5, kept), folder / "a.db", listener);
  CHECK(ask(folder / "a.db", "SELECT resumed, exit_reason FROM run WHERE id = 5") ==
        std::vector<std::string>{"1|all epochs; the first 2 are those of run 1"});
}

TEST_CASE(
    "a shorter run is trained by itself, and takes nothing from a longer one that kept its checkpoint") {
  const TemporaryFolder folder;
  Silent listener;
  const std::string kept = "keep_checkpoint: true";
  sweep(of_epochs(4, kept), folder / "a.db", listener);
  sweep(of_epochs(2, kept), folder / "a.db", listener, replanning());
  sweep(of_epochs(2, kept), folder / "b.db", listener);
  CHECK(
      ask(folder / "a.db", "SELECT DISTINCT status, epochs_done, exit_reason FROM run WHERE NOT obsolete") ==
      std::vector<std::string>{"done|2|all epochs"});
  CHECK(numbers_of(folder / "a.db") == numbers_of(folder / "b.db"));
}

TEST_CASE("a longer run whose selected epoch is one of its beginning has its classes and predictions") {
  const TemporaryFolder folder;
  Silent listener;
  const auto unsteady = [](int epochs) {
    return of_epochs(epochs, "keep_checkpoint: true, keep_weights: best", "schedule: constant, initial: 1.5");
  };
  sweep(unsteady(10), folder / "a.db", listener);
  keep_best_weights(unsteady(10), folder / "a.db");
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM model") == std::vector<std::string>{"4"});
  sweep(unsteady(12), folder / "a.db", listener, replanning());
  const std::string longer = "SELECT count(*) FROM run WHERE NOT obsolete AND epochs_done = 12";
  REQUIRE(ask(folder / "a.db", longer + " AND best_epoch <= 10 AND exit_reason LIKE '%the first 10 are%'") !=
          std::vector<std::string>{"0"});
  CHECK(ask(folder / "a.db", longer + " AND EXISTS (SELECT 1 FROM prediction WHERE run_id = run.id) AND "
                                      "EXISTS (SELECT 1 FROM class_metric WHERE run_id = run.id)") ==
        std::vector<std::string>{"4"});
}

TEST_CASE("a longer run begins anew where the schedule depends on its length, or nothing was kept") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(of_epochs(2), folder / "a.db", listener);
  CHECK_THAT(refusal([&] { sweep(of_epochs(3), folder / "a.db", listener); }),
             Contains("--replan trains 4 runs again"));
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM checkpoint") == std::vector<std::string>{"0"});
  Study study = of_epochs(2, "keep_checkpoint: true");
  for (Variant& variant : study.variants)
    variant.config.training.learning_rate.schedule = ScheduleKind::cosine;
  CHECK_FALSE(begins_as_shorter(study.variants[0].config));
}

TEST_CASE("what is kept of a run makes no other configuration of it") {
  CHECK(of_epochs(2).variants[0].sha256 == of_epochs(2, "keep_checkpoint: true").variants[0].sha256);
}
