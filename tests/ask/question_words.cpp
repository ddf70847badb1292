#include "ask/question_words.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

namespace ablate::test {
namespace {

bool is_bare(const std::string& text) {
  static const std::vector<std::string> keywords = {"and",  "or", "not",  "in",
                                                    "like", "is", "null", "between"};
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; };
  if (text.empty() || !letter(text[0])) return false;
  std::string lower = text;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::all_of(text.begin(), text.end(), letter) &&
         std::find(keywords.begin(), keywords.end(), lower) == keywords.end();
}

}  // namespace

bool perhaps(double share, Stream& chance) { return chance.uniform() < share; }

const std::vector<Spelling> numbers = {{"id", "id"},
                                       {"run", "id"},
                                       {"seed", "seed"},
                                       {"attempt", "attempt"},
                                       {"epochs", "epochs"},
                                       {"parameters", "parameters"},
                                       {"duration", "duration"},
                                       {"dropout", "model.dropout"},
                                       {"model.dropout", "model.dropout"},
                                       {"initial", "training.learning_rate.initial"},
                                       {"learning_rate.initial", "training.learning_rate.initial"},
                                       {"train_images", "data.train_images"},
                                       {"early_stopping.patience", "training.early_stopping.patience"},
                                       {"test.accuracy", "test.accuracy"},
                                       {"test.log_loss", "test.log_loss"},
                                       {"validation.accuracy", "validation.accuracy"},
                                       {"train.log_loss", "train.log_loss"}};
const std::vector<Spelling> texts = {{"study", "study"},      {"variant", "variant"},
                                     {"error", "error"},      {"code", "code"},
                                     {"started", "started"},  {"ended", "ended"},
                                     {"machine", "machine"},  {"data.split", "data.split"},
                                     {"split", "data.split"}, {"early_stopping", "training.early_stopping"}};
const std::vector<Spelling> choices = {{"status", "status"},
                                       {"skip", "model.skip"},
                                       {"model.skip", "model.skip"},
                                       {"training.learning_rate", "training.learning_rate"},
                                       {"schedule", "training.learning_rate.schedule"}};
const std::vector<Spelling> truths = {{"baseline", "baseline"},
                                      {"dirty", "dirty"},
                                      {"leaked", "leaked"},
                                      {"training.shuffle", "training.shuffle"},
                                      {"shuffle", "training.shuffle"},
                                      {"obsolete", "obsolete"},
                                      {"archived", "archived"}};
const std::vector<Spelling> mixed = {
    {"hidden", "model.hidden"}, {"model.hidden", "model.hidden"}, {"init", "model.init"}};

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }
bool is_text(const Value& value) { return std::holds_alternative<std::string>(value); }

double real(const Value& value) {
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole ? static_cast<double>(*whole) : std::get<double>(value);
}

const std::vector<Order> orders = {{"=", false, true, false}, {"==", false, true, false},
                                   {"!=", true, false, true}, {"<>", true, false, true},
                                   {"<", true, false, false}, {"<=", true, true, false},
                                   {">", false, false, true}, {">=", false, true, true}};

Truth compare(const Value& a, const Order& order, const Value& b) {
  if (is_null(a) || is_null(b)) return std::nullopt;
  if (is_text(a) != is_text(b))
    return order.is_order() ? Truth() : Truth(order.symbol == "!=" || order.symbol == "<>");
  const bool less = is_text(a) ? std::get<std::string>(a) < std::get<std::string>(b) : real(a) < real(b);
  const bool equal = is_text(a) ? std::get<std::string>(a) == std::get<std::string>(b) : real(a) == real(b);
  return less ? order.less : equal ? order.equal : order.greater;
}

Truth both(Truth a, Truth b) {
  if (a == Truth(false) || b == Truth(false)) return false;
  return a && b ? Truth(true) : std::nullopt;
}
Truth opposite(Truth a) { return a ? Truth(!*a) : std::nullopt; }
Truth either(Truth a, Truth b) { return opposite(both(opposite(a), opposite(b))); }

std::string quoted(const std::string& text, Stream& chance) {
  const char quote = perhaps(0.5, chance) ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : text) out += c == quote ? std::string(2, quote) : std::string(1, c);
  return out + quote;
}

std::string written(const Value& value, bool bare_allowed, Stream& chance) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
  const std::string& text = std::get<std::string>(value);
  return bare_allowed && is_bare(text) && perhaps(0.7, chance) ? text : quoted(text, chance);
}

std::string cased(const std::string& keyword, Stream& chance) {
  std::string text = keyword;
  if (perhaps(0.2, chance)) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return text;
}

Value known_value(const std::vector<WorldRun>& runs, const std::function<Value(const WorldRun&)>& value,
                  const Value& otherwise, Stream& chance) {
  for (int tries = 0; tries < 5; ++tries) {
    const Value found = value(one_of(runs, chance));
    if (is_null(found)) continue;
    if (is_text(found) || std::isfinite(real(found))) return found;
  }
  return otherwise;
}

}  // namespace ablate::test
