#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "ask/parser.hpp"
#include "ask/question.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string refused(const std::string& where) {
  return refusal([&] { ask::ask_runs({.study_id = {}, .where = where, .columns = "id", .sort = ""}); });
}

/// The whole message: what, the text, a caret under `column` (from 0), and what to try.
std::string message(const std::string& what, const std::string& text, std::size_t column,
                    const std::string& hint) {
  return fmt::format("{}\n  {}\n  {}^{}", what, text, std::string(column, ' '),
                     hint.empty() ? "" : "\n  try: " + hint);
}

}  // namespace

TEST_CASE("a wrong name is answered with the nearest right one and a caret under it", "[ask]") {
  CHECK(refused("seed = 1 and tst.accuracy > 0.8") == message("there is no name 'tst.accuracy'",
                                                              "seed = 1 and tst.accuracy > 0.8", 13,
                                                              "did you mean 'test.accuracy'?"));
  CHECK_THAT(refused("dropuot > 0"), Contains("did you mean 'dropout'?"));
  CHECK_THAT(refused("model.hiden = 64"), Contains("did you mean 'model.hidden'?"));
  CHECK_THAT(refused("test.accuracy > validaton.accuracy"), Contains("did you mean 'validation.accuracy'?"));
  CHECK_THAT(refused("Status = done"), Contains("did you mean 'status'?"));
  CHECK_THAT(refused("zzzzzzz = done"), Contains("choices: id, run, uuid, study"));
  CHECK_THAT(refused("bset(test.f1) > 0"), Contains("did you mean 'best'?"));
}

TEST_CASE("a metric without its split and a key of several settings are answered with the choices", "[ask]") {
  CHECK_THAT(refused("accuracy > 0.8"), Contains("test.accuracy, validation.accuracy or train.accuracy"));
  CHECK_THAT(refused("patience > 3"),
             Contains("one of training.learning_rate.patience, training.early_stopping.patience"));
  CHECK(refused("learning_rate.patience > 3").empty());
}

TEST_CASE("a value that a name never has is refused, with the nearest one it can have", "[ask]") {
  CHECK(refused("skip = projektion") ==
        message("model.skip is never 'projektion'", "skip = projektion", 7,
                "did you mean 'projection'? choices: none, projection, identity"));
  CHECK_THAT(refused("status in (done, faild)"), Contains("did you mean 'failed'?"));
  CHECK_THAT(refused("learning_rate = cosin"), Contains("did you mean 'cosine'?"));
  CHECK_THAT(refused("seed = '1'"), Contains("seed is a number, '1' is none"));
  CHECK_THAT(refused("leaked = 1"), Contains("leaked is true or false, not '1'"));
  CHECK_THAT(refused("leaked > true"), Contains("it has no order"));
  CHECK_THAT(refused("seed like '1%'"), Contains("seed is not a text"));
  CHECK_THAT(refused("study = [a]"), Contains("study is a text, not a list"));
  CHECK_THAT(refused("study = best(test.f1)"), Contains("are not both numbers"));
  CHECK_THAT(refused("hidden = '[64'"), Contains("expected ']', found the end"));
  CHECK_THAT(refused("seed = 99999999999999999999999999e999"), Contains("is not a number"));
}

TEST_CASE("a syntax error shows the text with a caret under the place", "[ask]") {
  CHECK(refused("(skip = none") == message("expected ')', found the end", "(skip = none", 12, ""));
  CHECK(refused("seed = 1 seed = 2") ==
        message("expected and, or, or the end, found 'seed'", "seed = 1 seed = 2", 9, ""));
  CHECK_THAT(refused(" "), Contains("expected a condition"));
  CHECK_THAT(refused("seed ="), Contains("expected a name or a value, found the end"));
  CHECK_THAT(refused("seed = null"), Contains("is null, or is not null"));
  CHECK_THAT(refused("seed is 3"), Contains("expected null or not null, found '3'"));
  CHECK_THAT(refused("seed not 3"), Contains("expected in, like or between"));
  CHECK_THAT(refused("seed in ()"), Contains("expected a name or a value, found ')'"));
  CHECK_THAT(refused("seed between 1 or 3"), Contains("expected and, found 'or'"));
  CHECK_THAT(refused("seed = 1 && seed = 2"), Contains("write and, or, not"));
  CHECK_THAT(refused("study = 'it's'"), Contains("a quote"));
  CHECK_THAT(refused("1 = 1"), Contains("a comparison without a name"));
  CHECK_THAT(refused("seed"), Contains("seed alone is not a condition"));
  CHECK_THAT(refused("'text'"), Contains("a value alone is not a condition"));
}

TEST_CASE("functions take what they can work on, and say so", "[ask]") {
  CHECK_THAT(refused("best(seed) > 1"), Contains("seed is not a metric: it has one value per run"));
  CHECK_THAT(refused("best() > 1"), Contains("best takes a metric"));
  CHECK_THAT(refused("at(test.f1) > 1"), Contains("at takes a metric and an epoch"));
  CHECK_THAT(refused("at(test.f1, 1.5) > 1"), Contains("an epoch is a whole number"));
  CHECK_THAT(refused("first_epoch(seed > 1) > 1"), Contains("first_epoch takes a condition on a metric"));
  CHECK_THAT(refused("first_epoch(test.f1 > 0.1 and validation.f1 > 0.1) > 1"),
             Contains("metrics of one split, not at validation.f1"));
  CHECK_THAT(refused("first_epoch(test.f1 > best(test.f1)) > 1"), Contains("a function within first_epoch"));
}

TEST_CASE("depth and length are bounded, and a long condition within them is no deeper in SQL", "[ask]") {
  const std::string deep = std::string(51, '(') + "seed = 1" + std::string(51, ')');
  CHECK_THAT(refused(deep), Contains("nested more than 50 deep"));
  CHECK(refused(deep.substr(1, deep.size() - 2)).empty());
  CHECK_THAT(refused("seed = " + std::string(10'000, '1')), Contains("longer than 10000 bytes"));
  std::string nots;
  for (int i = 0; i < 51; ++i) nots += "not ";
  CHECK_THAT(refused(nots + "leaked"), Contains("nested more than 50 deep"));
  CHECK(refused(nots.substr(4) + "leaked").empty());
}

TEST_CASE("a group needs numbers to have means of", "[ask]") {
  const auto groups = [](const std::string& columns, const std::string& by) {
    return refusal(
        [&] { ask::ask_groups({.study_id = {}, .where = "", .columns = columns, .sort = ""}, by); });
  };
  CHECK_THAT(groups("status", "variant"), Contains("status has no mean") && Contains("--by status"));
  CHECK_THAT(groups("test.accuracy", "skp"), Contains("did you mean 'skip'?"));
  CHECK(groups("skip,test.accuracy", "model.skip").empty());
}

TEST_CASE("words, numbers and quotes are told apart", "[ask]") {
  const auto only = [](const std::string& text) {
    return ask::parse_condition("x = " + text).operands.at(1);
  };
  using Kind = ask::Operand::Kind;
  CHECK(only("-1.5e3").number == Value(-1500.0));
  CHECK(only("+7").number == Value(std::int64_t{7}));
  CHECK(only(".5").number == Value(0.5));
  CHECK(only("2026-11-01").kind == Kind::word);
  CHECK(only("2026-11-01T10:30").text == "2026-11-01T10:30");
  CHECK(only("'it''s'").text == "it's");
  CHECK(only("\"a \"\"b\"\"\"").text == "a \"b\"");
  CHECK(only("[64,32]").text == "[64, 32]");
  CHECK(only("[ 64 ]").number == Value(std::int64_t{64}));
  CHECK(only("[]").text == "[]");
}
