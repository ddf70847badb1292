#include "ask/lexer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/place.hpp"
#include "base/text_value.hpp"

namespace ablate::ask {
namespace {

/// Longer ones first.
constexpr std::array<std::string_view, 15> symbols = {"<=", ">=", "==", "!=", "<>", "<", ">", "=",
                                                      "(",  ")",  "[",  "]",  ",",  "-", "+"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool continues_word(char c) { return begins_word(c) || is_digit(c) || c == '.' || c == '-'; }

/// Control characters, which a message would end at or a terminal obey, as question marks.
std::string printable(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) c = '?';
  }
  return text;
}

/// With backticks, doubled where they stand for themselves.
std::string in_backticks(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + '`';
}

class Lexer {
 public:
  explicit Lexer(const std::string& text) : text_(text) {}

  std::vector<Token> run() {
    if (text_.size() > longest_question) {
      refuse_at(text_, longest_question, fmt::format("the text is longer than {} bytes", longest_question));
    }
    std::vector<Token> tokens;
    do {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      tokens.push_back(next());
      tokens.back().end = at_;
    } while (tokens.back().kind != Token::Kind::end);
    return tokens;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  Token next() {
    if (at_ == text_.size()) return {Token::Kind::end, "", {}, at_, at_};
    const char c = text_[at_];
    if (c == '\'' || c == '"') return quoted(Token::Kind::quoted);
    if (c == '`') return quoted(Token::Kind::name);
    const bool sign = (c == '-' || c == '+') && (is_digit(peek(1)) || (peek(1) == '.' && is_digit(peek(2))));
    if (sign || is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (begins_word(c)) return word(at_);
    return symbol();
  }

  Token word(std::size_t begin) {
    while (at_ < text_.size() && (continues_word(text_[at_]) || text_[at_] == ':')) ++at_;
    return {Token::Kind::word, text_.substr(begin, at_ - begin), {}, begin, at_};
  }

  /// Digits, with a fraction and an exponent; where a letter or a dash follows, it was a word.
  Token number() {
    const std::size_t begin = at_;
    const bool sign = text_[at_] == '-' || text_[at_] == '+';
    if (sign) ++at_;
    while (is_digit(peek()) || peek() == '.') ++at_;
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t digits = peek(1) == '-' || peek(1) == '+' ? 2 : 1;
      if (is_digit(peek(digits))) at_ += digits;
      while (is_digit(peek())) ++at_;
    }
    if (!sign && at_ < text_.size() && (continues_word(text_[at_]) || text_[at_] == ':')) return word(begin);
    Token token{Token::Kind::number, text_.substr(begin, at_ - begin), {}, begin, at_};
    const std::string_view digits = std::string_view(token.text).substr(token.text[0] == '+' ? 1 : 0);
    if (const auto integer = number_of<std::int64_t>(digits)) {
      token.number = *integer;
    } else if (const auto real = number_of<double>(digits)) {
      token.number = *real;
    } else {
      refuse_at(text_, begin, fmt::format("'{}' is not a number", token.text), "write a text in quotes");
    }
    return token;
  }

  Token quoted(Token::Kind kind) {
    Token token{kind, "", {}, at_, at_};
    const char quote = text_[at_++];
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\0') refuse_at(text_, at_, "a zero byte");
      if (text_[at_] == quote && peek(1) != quote) {
        ++at_;
        if (kind == Token::Kind::name && token.text.empty()) refuse_at(text_, token.at, "an empty name");
        return token;
      }
      if (text_[at_] == quote) ++at_;
      token.text += text_[at_];
    }
    if (kind == Token::Kind::name) {
      refuse_at(text_, token.at, "a backtick that is not closed",
                "a name stands between two, and one within it is doubled: `it``s`");
    }
    refuse_at(text_, token.at, "a quote that is not closed", "a quote within a text is doubled: 'it''s'");
  }

  Token symbol() {
    const std::string_view rest = std::string_view(text_).substr(at_);
    for (const std::string_view symbol : symbols) {
      if (!rest.starts_with(symbol)) continue;
      at_ += symbol.size();
      return {Token::Kind::symbol, std::string(symbol), {}, at_ - symbol.size(), at_};
    }
    const bool other_language = rest.front() == '&' || rest.front() == '|' || rest.front() == '!';
    refuse_at(text_, at_, "a character that means nothing here",
              other_language ? "write and, or, not"
                             : fmt::format("a text with such characters stands in quotes, a name with such "
                                           "characters stands in backticks: {}",
                                           in_backticks(around(at_))));
  }

  /// What stands around a place without a space: what was meant as one name.
  std::string around(std::size_t at) const {
    constexpr std::string_view borders = " \t\n\r,()[]<>=!'\"`";
    std::size_t begin = text_.find_last_of(borders, at) + 1;  // 0 behind none
    if (text_[begin] == '-') ++begin;
    return text_.substr(begin, text_.find_first_of(borders, at) - begin);
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

}  // namespace

bool Token::is_keyword(std::string_view keyword) const {
  if (kind != Kind::word || text.size() != keyword.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != keyword[i]) return false;
  }
  return true;
}

std::vector<Token> tokens_of(const std::string& text) { return Lexer(text).run(); }

std::string written_name(const std::string& name) {
  const auto continues = [](char c) { return continues_word(c) || c == ':'; };
  const Token word{Token::Kind::word, name, {}, 0, name.size()};
  const bool bare = !name.empty() && begins_word(name[0]) &&
                    std::all_of(name.begin(), name.end(), continues) &&
                    std::none_of(keywords.begin(), keywords.end(),
                                 [&](std::string_view keyword) { return word.is_keyword(keyword); });
  return bare ? name : in_backticks(name);
}

void refuse_at(const std::string& text, std::size_t at, const std::string& what, const std::string& hint) {
  throw RequestError(printable(what + place_in(text, static_cast<std::ptrdiff_t>(at))), printable(hint));
}

}  // namespace ablate::ask
