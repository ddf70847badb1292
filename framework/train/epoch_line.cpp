#include "train/epoch_line.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "metrics/metric_table.hpp"

namespace ablate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr const char* form = R"({"epoch": 3, "validation.accuracy": 0.912})";

/// Appends a code point as UTF-8.
void append(std::string& text, unsigned code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | code >> 6);
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | code >> 12);
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | code >> 18);
    text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// Bytes of the UTF-8 sequence that begins here (RFC 3629); 0: none does.
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0u) != 0x80u) return 0;
  }
  const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
  const bool beyond = (first == 0xED && at(1) > 0x9F) || (first == 0xF4 && at(1) > 0x8F);
  return overlong || beyond ? 0 : length;
}

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}

  EpochLine read() {
    EpochLine line;
    bool has_epoch = false;
    std::set<std::string> names;
    skip();
    expect('{');
    skip();
    if (!take('}')) {
      do {
        skip();
        const std::string name = string();
        skip(), expect(':'), skip();
        if (!names.insert(name).second) fail(fmt::format("'{}' appears in it twice", name));
        if (names.size() > LineLimits::values + 1)
          fail(fmt::format("more than {} names", LineLimits::values));
        has_epoch = put(line, name, value(name)) || has_epoch;
        skip();
      } while (take(','));
      expect('}');
    }
    skip();
    if (at_ != text_.size()) fail("there is something after the closing brace");
    if (!has_epoch) fail("it has no \"epoch\"");
    return line;
  }

 private:
  [[noreturn]] static void fail(const std::string& what) { throw RequestError(what, form); }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail(fmt::format("it is no JSON object: expected '{}' at byte {}", c, at_ + 1));
  }

  /// True where it is the epoch.
  static bool put(EpochLine& line, const std::string& name, double value) {
    if (name == "epoch") {
      if (!(value >= 0 && value <= LineLimits::epoch) || value != std::floor(value))
        fail(fmt::format("\"epoch\" is no whole number from 0 to {}", LineLimits::epoch));
      line.epoch = static_cast<int>(value);
      return true;
    }
    const bool is_of_training = name == "learning_rate" || name == "seconds" || name == "samples";
    if (is_of_training && value < 0.0) fail(fmt::format("\"{}\" is below 0", name));
    if (name == "learning_rate") {
      line.learning_rate = value;
    } else if (name == "seconds") {
      line.seconds = value;
    } else if (name == "samples") {
      line.samples = value;
    } else {
      line.values.push_back({name, kept_value(name, value)});
      const std::string what = impossible_text(name, line.values.back().value);
      if (!what.empty())
        throw RequestError(what,
                           fmt::format("in other units it needs another name, such as {}_percent", name));
    }
    return false;
  }

  std::string string() {
    expect('"');
    std::string text;
    while (at_ < text_.size() && text_[at_] != '"') {
      const std::size_t length = sequence_length(text_.substr(at_));
      if (length == 0) fail(fmt::format("it is not UTF-8 at byte {}", at_ + 1));
      if (static_cast<unsigned char>(text_[at_]) < 0x20) fail("a name holds a control character");
      if (text_[at_] == '\\') {
        ++at_;
        escape(text);
      } else {
        text += text_.substr(at_, length);
        at_ += length;
      }
      if (text.size() > LineLimits::name)
        fail(fmt::format("a name is longer than {} bytes", LineLimits::name));
    }
    expect('"');
    if (text.empty()) fail("a name is empty");
    return text;
  }

  void escape(std::string& text) {
    constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    const char c = at_ < text_.size() ? text_[at_++] : ' ';
    if (c == 'u') return unicode(text);
    const std::size_t place = letters.find(c);
    if (place == std::string_view::npos) fail("a name has an unknown escape");
    if (meanings[place] < ' ' && meanings[place] >= 0) fail("a name holds a control character");
    text += meanings[place];
  }

  void unicode(std::string& text) {
    unsigned code = four_digits();
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const unsigned low = four_digits();
      if (low < 0xDC00 || low > 0xDFFF) fail("a name has half a surrogate pair");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code < 0x20 || (code >= 0xD800 && code < 0xE000)) fail("a name has an unknown escape");
    append(text, code);
  }

  unsigned four_digits() {
    unsigned code = 0;
    const auto digits = text_.substr(at_, 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error != std::errc() || end != digits.data() + 4) fail("a name has an unknown escape");
    at_ += 4;
    return code;
  }

  double value(const std::string& name) {
    // As Python, R, Julia and C write them.
    for (const std::string_view word :
         {"null", "NaN", "nan", "-nan", "NA", "Infinity", "-Infinity", "Inf", "-Inf", "inf", "-inf"}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return nan;
    }
    const char c = at_ < text_.size() ? text_[at_] : ' ';
    if (c == '{' || c == '[')
      fail(fmt::format("'{}' is a nested value: each metric is a number with a name of its own", name));
    if (c == '.')
      fail(fmt::format("'{}' begins with a point, and JSON wants a digit before it: 0.5, not .5", name));
    if (c != '-' && (c < '0' || c > '9')) fail(fmt::format("'{}' is no number", name));
    double number = 0.0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (error == std::errc::invalid_argument) fail(fmt::format("'{}' is no number", name));
    at_ = static_cast<std::size_t>(end - text_.data());
    return error == std::errc() && std::isfinite(number) ? number : nan;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

EpochLine parse_epoch_line(std::string_view line) {
  if (line.size() > LineLimits::bytes)
    throw RequestError(fmt::format("it is longer than {} MiB", LineLimits::bytes >> 20), form);
  return LineReader(line).read();
}

}  // namespace ablate
