#include "report/html_parts.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

std::string base64(const Digest& digest) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const auto byte = [&](std::size_t k) { return k < digest.size() ? std::uint32_t{digest[k]} : 0U; };
    const std::uint32_t bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > digest.size() ? '=' : letters[bits >> (18 - 6 * k) & 63];
    }
  }
  return text;
}

std::string source_hash(std::string_view text) {
  return fmt::format("'sha256-{}'", base64(Sha256().update(text).finish()));
}

}  // namespace

std::string security_policy(const std::vector<std::string_view>& scripts, std::string_view style) {
  std::string allowed;
  for (const std::string_view script : scripts) allowed.append(" ").append(source_hash(script));
  return fmt::format(
      "default-src 'none'; script-src{}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
      allowed, source_hash(style));
}

std::string html_table(const Table& table, std::string_view id) {
  const TextTable texts = text_table(table, escape_html);
  std::string html = fmt::format("<table id=\"{}\">\n", id);
  for (std::size_t l = 0; l < texts.lines.size(); ++l) {
    html += l == 0 ? "<thead><tr>" : "<tr>";
    for (std::size_t c = 0; c < texts.lines[l].size(); ++c) {
      const bool head = l == 0 || c == 0;
      html += fmt::format("<{}{}{}>{}</{}>", head ? "th" : "td",
                          !head    ? ""
                          : l == 0 ? " scope=\"col\""
                                   : " scope=\"row\"",
                          texts.right[c] ? " class=\"number\"" : "", texts.lines[l][c], head ? "th" : "td");
    }
    html += l == 0 ? "</tr></thead>\n<tbody>\n" : "</tr>\n";
  }
  return html + "</tbody></table>";
}

}  // namespace ablate
