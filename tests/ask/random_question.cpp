#include "ask/random_question.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ask/question_words.hpp"

namespace ablate::test {
namespace {

NumberPhrase of_epochs(const std::string& function, Stream& chance) {
  const std::string metric = one_of<std::string>(
      {"test.accuracy", "test.log_loss", "validation.accuracy", "train.log_loss"}, chance);
  const bool up = metric.ends_with("accuracy");
  const int at = static_cast<int>(chance.below(5));
  const auto value = [=](const WorldRun& run) -> Value {
    const auto found = run.epochs.find(metric);
    if (found == run.epochs.end()) return {};
    const auto& epochs = found->second;
    if (function == "last") return epochs.rbegin()->second;
    if (function == "at") return epochs.count(at) ? epochs.at(at) : Value();
    double least = INFINITY, most = -INFINITY, sum = 0.0;
    int count = 0;
    for (const auto& [epoch, known] : epochs) {
      if (is_null(known)) continue;
      least = std::min(least, real(known)), most = std::max(most, real(known)), sum += real(known), ++count;
    }
    if (count == 0) return {};
    if (function == "mean") return sum / count;
    return function == "max" || (function == "best" && up) ? most : least;
  };
  return {
      function == "at" ? fmt::format("at({}, {})", metric, at) : fmt::format("{}( {} )", function, metric),
      value};
}

NumberPhrase first_epoch(Stream& chance) {
  const std::string metric = one_of<std::string>({"test.accuracy", "validation.log_loss"}, chance);
  const Order order = one_of(orders, chance);
  const double bound = 0.25 * static_cast<double>(chance.below(5));
  const bool or_null = perhaps(0.3, chance);
  const auto value = [=](const WorldRun& run) -> Value {
    const auto found = run.epochs.find(metric);
    if (found == run.epochs.end()) return {};
    for (const auto& [epoch, known] : found->second) {
      if (compare(known, order, bound) == Truth(true) || (or_null && is_null(known)))
        return std::int64_t{epoch};
    }
    return {};
  };
  return {fmt::format("first_epoch({0} {1} {2}{3})", metric, order.symbol, bound,
                      or_null ? fmt::format(" or {} is null", metric) : ""),
          value};
}

class Maker {
 public:
  Maker(const std::vector<WorldRun>& runs, Stream& chance) : runs_(runs), chance_(chance) {}

  /// One that `or` binds (0), that `and` binds (1), or that `not` may stand before (2).
  Phrase condition(int depth, int level) {
    if (depth == 0 || perhaps(0.2, chance_)) return atom();
    switch (chance_.below(4)) {
      case 0:
        return wrapped(level > 0, joined("or", either, depth, 1));
      case 1:
        return wrapped(level > 1, joined("and", both, depth, 2));
      case 2: {
        const Phrase inner = condition(depth - 1, 2);
        return {cased("not", chance_) + ' ' + inner.text,
                [inner](const WorldRun& run) { return opposite(inner.holds(run)); }};
      }
      default:
        return wrapped(true, condition(depth - 1, 0));
    }
  }

 private:
  Phrase wrapped(bool parentheses, Phrase phrase) const {
    if (parentheses) phrase.text = '(' + phrase.text + ')';
    return phrase;
  }

  Phrase joined(const std::string& word, Truth (*join)(Truth, Truth), int depth, int level) {
    Phrase all = condition(depth - 1, level);
    for (std::uint64_t more = 1 + chance_.below(2); more > 0; --more) {
      const Phrase next = condition(depth - 1, level);
      all = {fmt::format("{} {} {}", all.text, cased(word, chance_), next.text),
             [all, next, join](const WorldRun& run) { return join(all.holds(run), next.holds(run)); }};
    }
    return all;
  }

  Phrase atom() {
    switch (chance_.below(11)) {
      case 10:
        return tag();
      case 0:
        return truth();
      case 1:
        return pattern();
      case 2:
        return missing();
      case 3:
        return range();
      case 4:
        return two_numbers();
      case 5:
        return membership();
      default:
        return comparison();
    }
  }

  struct Thing {
    std::string text;
    std::function<Value(const WorldRun&)> value;
    Value some;         ///< that it may be compared with
    bool bare = false;  ///< a text may stand without quotes
  };

  Thing named(const std::vector<Spelling>& names, const Value& otherwise, bool bare) {
    const Spelling name = one_of(names, chance_);
    const auto value = [full = name.second](const WorldRun& run) { return run.values.at(full); };
    const std::string text =
        &names != &choices && perhaps(0.1, chance_) ? '`' + name.first + '`' : name.first;
    return {text, value, known_value(runs_, value, otherwise, chance_), bare};
  }

  Thing number() {
    const NumberPhrase phrase = random_number(chance_);
    const double otherwise = std::round(100.0 * chance_.uniform()) / 50.0;
    const Value some =
        perhaps(0.6, chance_) ? known_value(runs_, phrase.value, otherwise, chance_) : Value(otherwise);
    return {phrase.text, phrase.value, some};
  }

  Thing thing() {
    switch (chance_.below(6)) {
      case 0:
        return named(texts, one_of(hard_texts(), chance_), true);
      case 1: {
        Thing text = named(texts, std::string("x"), true);
        text.some = one_of(hard_texts(), chance_);
        return text;
      }
      case 2:
        return named(choices, std::string("none"), true);
      case 3:
        return mixed_thing();
      default:
        return number();
    }
  }

  /// The list of one number is that number, however it is written.
  Thing mixed_thing() {
    Thing thing = named(mixed, std::string("he_normal"), true);
    if (perhaps(0.2, chance_)) thing.some = std::int64_t{100};
    if (perhaps(0.2, chance_)) thing.some = std::string("[64, 32]");
    return thing;
  }

  std::string value_text(const Thing& thing, const Value& value) {
    const bool of_hidden = thing.text.ends_with("hidden");
    if (of_hidden && std::holds_alternative<std::int64_t>(value) && perhaps(0.3, chance_))
      return fmt::format("[ {} ]", std::get<std::int64_t>(value));
    const auto* text = std::get_if<std::string>(&value);
    if (of_hidden && text && text->starts_with('[') && perhaps(0.5, chance_)) return *text;
    return written(value, thing.bare, chance_);
  }

  Phrase comparison() {
    const Thing left = thing();
    const Order order = one_of(orders, chance_);
    Value bound = left.some;
    if (choices_hold(left) && order.is_order()) return comparison();
    const bool turned = perhaps(0.2, chance_);
    const auto holds = [left, order, bound, turned](const WorldRun& run) {
      return turned ? compare(bound, order, left.value(run)) : compare(left.value(run), order, bound);
    };
    if (!turned)
      return {fmt::format("{}{}{}", left.text, spaced(order.symbol), value_text(left, bound)), holds};
    return {fmt::format("{}{}{}", written(bound, false, chance_), spaced(order.symbol), left.text), holds};
  }

  bool choices_hold(const Thing& thing) const {
    return std::any_of(choices.begin(), choices.end(),
                       [&](const Spelling& name) { return name.first == thing.text; });
  }

  std::string spaced(const std::string& symbol) {
    return perhaps(0.5, chance_) ? ' ' + symbol + ' ' : symbol;
  }

  Phrase two_numbers() {
    const Thing left = number(), right = number();
    const Order order = one_of(orders, chance_);
    return {fmt::format("{} {} {}", left.text, order.symbol, right.text),
            [=](const WorldRun& run) { return compare(left.value(run), order, right.value(run)); }};
  }

  Phrase range() {
    const Thing middle = number();
    const Value low = number().some, high = middle.some;
    if (perhaps(0.5, chance_)) {
      const bool negated = perhaps(0.3, chance_);
      return {fmt::format("{} {}{} {} and {}", middle.text, negated ? "not " : "", cased("between", chance_),
                          written(low, false, chance_), written(high, false, chance_)),
              [=](const WorldRun& run) {
                const Truth within = both(compare(low, orders[5], middle.value(run)),
                                          compare(middle.value(run), orders[5], high));
                return negated ? opposite(within) : within;
              }};
    }
    const Order first = one_of(orders, chance_), second = one_of(orders, chance_);
    return {fmt::format("{} {} {} {} {}", written(low, false, chance_), first.symbol, middle.text,
                        second.symbol, written(high, false, chance_)),
            [=](const WorldRun& run) {
              return both(compare(low, first, middle.value(run)), compare(middle.value(run), second, high));
            }};
  }

  Phrase truth() {
    const Thing name = named(truths, std::int64_t{1}, false);
    if (perhaps(0.5, chance_)) {
      return {name.text, [=](const WorldRun& run) -> Truth {
                const Value value = name.value(run);
                return is_null(value) ? Truth() : Truth(real(value) != 0.0);
              }};
    }
    const bool wanted = perhaps(0.5, chance_);
    const Order order = orders[chance_.below(4)];
    const std::string word = wanted ? one_of<std::string>({"true", "yes"}, chance_)
                                    : one_of<std::string>({"false", "no"}, chance_);
    return {fmt::format("{} {} {}", name.text, order.symbol, word),
            [=](const WorldRun& run) { return compare(name.value(run), order, std::int64_t{wanted}); }};
  }

  Phrase missing() {
    const Thing asked = perhaps(0.3, chance_) ? named(truths, std::int64_t{1}, false) : thing();
    const bool negated = perhaps(0.5, chance_);
    return {fmt::format("{} {} {}{}", asked.text, cased("is", chance_), negated ? "not " : "",
                        cased("null", chance_)),
            [=](const WorldRun& run) -> Truth { return is_null(asked.value(run)) != negated; }};
  }

  Phrase membership() {
    const Thing asked = thing();
    const bool negated = perhaps(0.4, chance_);
    std::vector<Value> values = {asked.some};
    for (std::uint64_t more = chance_.below(3); more > 0; --more) {
      values.push_back(known_value(runs_, asked.value, asked.some, chance_));
    }
    std::string list;
    for (const Value& value : values) list += (list.empty() ? "" : ", ") + value_text(asked, value);
    return {fmt::format("{} {}{} ({})", asked.text, negated ? "not " : "", cased("in", chance_), list),
            [=](const WorldRun& run) {
              Truth found = false;
              for (const Value& value : values)
                found = either(found, compare(asked.value(run), orders[0], value));
              return negated ? opposite(found) : found;
            }};
  }

  static bool same_letter(char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
    return lower(a) == lower(b);
  }

  /// % stands for any text, _ for one character of UTF-8; ASCII letters of either case are the same.
  static bool like(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '%')
      return like(text, pattern.substr(1)) || (!text.empty() && like(text.substr(1), pattern));
    if (text.empty()) return false;
    std::size_t length = 1;
    if (pattern[0] == '_') {
      while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) ++length;
    }
    return (pattern[0] == '_' || same_letter(pattern[0], text[0])) &&
           like(text.substr(length), pattern.substr(1));
  }

  Phrase pattern() {
    const Thing asked = perhaps(0.3, chance_) ? mixed_thing() : named(texts, std::string("x"), true);
    const bool negated = perhaps(0.3, chance_);
    const std::string part =
        one_of<std::string>({"%", "%o%", "_", "a%", "%S", "%'%", "%64%", "2026%", "_e%", "%_r__e"}, chance_);
    return {fmt::format("{} {}{} {}", asked.text, negated ? "not " : "", cased("like", chance_),
                        quoted(part, chance_)),
            [=](const WorldRun& run) -> Truth {
              const Value value = asked.value(run);
              if (is_null(value)) return std::nullopt;
              return like(to_string(value), part) != negated;
            }};
  }

  /// A run has several tags, or none: it is what any of them is, and never unknown.
  Phrase tag() {
    const std::string name = one_of<std::string>({"Best", "late", "to-do", "none"}, chance_);
    const bool negated = perhaps(0.4, chance_);
    std::string test;
    std::function<bool(const std::string&)> fits = [=](const std::string& own) { return own == name; };
    switch (chance_.below(4)) {
      case 0:
        test = fmt::format(" {} {}", negated ? "!=" : "=", quoted(name, chance_));
        break;
      case 1:
        test = fmt::format(" {}in (x, {})", negated ? "not " : "", name);
        break;
      case 2:
        test = fmt::format(" {}like '%{}%'", negated ? "not " : "", name[0]);
        fits = [=](const std::string& own) { return like(own, fmt::format("%{}%", name[0])); };
        break;
      default:
        test = fmt::format(" is {}null", negated ? "" : "not ");
        fits = [](const std::string&) { return true; };
    }
    return {"tag" + test, [=](const WorldRun& run) -> Truth {
              return std::any_of(run.tags.begin(), run.tags.end(), fits) != negated;
            }};
  }

  const std::vector<WorldRun>& runs_;
  Stream& chance_;
};

}  // namespace

NumberPhrase random_number(Stream& chance) {
  if (perhaps(0.3, chance)) {
    const std::string function =
        one_of<std::string>({"best", "last", "at", "max", "min", "mean", "first_epoch"}, chance);
    return function == "first_epoch" ? first_epoch(chance) : of_epochs(function, chance);
  }
  const Spelling name = one_of(numbers, chance);
  return {name.first, [full = name.second](const WorldRun& run) { return run.values.at(full); }};
}

Phrase random_condition(const std::vector<WorldRun>& runs, int depth, Stream& chance) {
  return Maker(runs, chance).condition(depth, 0);
}

}  // namespace ablate::test
