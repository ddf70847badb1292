#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

struct Special {
  char character;
  std::string_view written;
};

/// What ASCII has and LaTeX takes for its own. "\\[" would end a row with a length, and "\\*" forbid a page break.
constexpr Special specials[] = {{'\\', "\\textbackslash{}"},
                                {'~', "\\textasciitilde{}"},
                                {'^', "\\textasciicircum{}"},
                                {'<', "\\textless{}"},
                                {'>', "\\textgreater{}"},
                                {'|', "\\textbar{}"},
                                {'"', "\\char34{}"},
                                {'`', "\\textasciigrave{}"},
                                {'\'', "\\textquotesingle{}"},
                                {'[', "{[}"},
                                {'*', "{*}"},
                                {'{', "\\{"},
                                {'}', "\\}"},
                                {'$', "\\$"},
                                {'&', "\\&"},
                                {'#', "\\#"},
                                {'_', "\\_"},
                                {'%', "\\%"}};

struct Command {
  char32_t character;
  const char* name;
};

/// Signs of mathematics and Greek letters, by code.
constexpr Command mathematical[] = {{0x0393, "Gamma"},      {0x0394, "Delta"},
                                    {0x0398, "Theta"},      {0x039B, "Lambda"},
                                    {0x039E, "Xi"},         {0x03A0, "Pi"},
                                    {0x03A3, "Sigma"},      {0x03A5, "Upsilon"},
                                    {0x03A6, "Phi"},        {0x03A8, "Psi"},
                                    {0x03A9, "Omega"},      {0x03B1, "alpha"},
                                    {0x03B2, "beta"},       {0x03B3, "gamma"},
                                    {0x03B4, "delta"},      {0x03B5, "epsilon"},
                                    {0x03B6, "zeta"},       {0x03B7, "eta"},
                                    {0x03B8, "theta"},      {0x03B9, "iota"},
                                    {0x03BA, "kappa"},      {0x03BB, "lambda"},
                                    {0x03BC, "mu"},         {0x03BD, "nu"},
                                    {0x03BE, "xi"},         {0x03C0, "pi"},
                                    {0x03C1, "rho"},        {0x03C2, "varsigma"},
                                    {0x03C3, "sigma"},      {0x03C4, "tau"},
                                    {0x03C5, "upsilon"},    {0x03C6, "varphi"},
                                    {0x03C7, "chi"},        {0x03C8, "psi"},
                                    {0x03C9, "omega"},      {0x2190, "leftarrow"},
                                    {0x2192, "rightarrow"}, {0x2194, "leftrightarrow"},
                                    {0x2212, "-"},          {0x221A, "surd"},
                                    {0x221E, "infty"},      {0x2248, "approx"},
                                    {0x2260, "neq"},        {0x2264, "leq"},
                                    {0x2265, "geq"}};

/// Punctuation beyond Latin that T1 and TS1 have.
constexpr std::u32string_view punctuation =
    U"\u2013\u2014\u2018\u2019\u201A\u201C\u201D\u201E\u2020\u2021\u2022\u2026\u2030\u2039\u203A\u20AC\u2122";

/// Latin letters that T1 lacks, and the soft hyphen, which prints nothing.
constexpr std::u32string_view lacking = U"\u00AD\u0126\u0127\u0138\u013F\u0140\u0149\u0166\u0167\u017F";

bool is_set_as_it_is(char32_t character) {
  if (character >= 0xA0 && character <= 0x17F) return lacking.find(character) == lacking.npos;
  return punctuation.find(character) != punctuation.npos;
}

void append_ascii(std::string& escaped, char c) {
  const auto* special = std::find_if(std::begin(specials), std::end(specials),
                                     [&](const Special& one) { return one.character == c; });
  const bool ligature = (c == '-' || c == ',') && escaped.ends_with(c);
  if (ligature) escaped += "{}";
  special == std::end(specials) ? escaped.push_back(c) : void(escaped.append(special->written));
}

}  // namespace

std::string escape_latex(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const char32_t next = take_code_point(text);
    if (is_control(next)) {
      escaped += ' ';
    } else if (next < 0x80) {
      append_ascii(escaped, static_cast<char>(next));
    } else if (is_set_as_it_is(next)) {
      append_utf8(escaped, next);
    } else if (const auto* sign = std::find_if(std::begin(mathematical), std::end(mathematical),
                                               [&](const Command& one) { return one.character == next; });
               sign != std::end(mathematical)) {
      escaped += sign->name[0] == '-' ? "$-$" : fmt::format("$\\{}$", sign->name);
    } else {
      escaped += fmt::format("\\texttt{{U+{:04X}}}", static_cast<std::uint32_t>(next));
    }
  }
  return escaped;
}

}  // namespace ablate
