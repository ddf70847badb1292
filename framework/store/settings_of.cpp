#include "store/settings_of.hpp"

#include <cmath>
#include <optional>
#include <string_view>

#include "base/text_value.hpp"

namespace ablate {
namespace {

constexpr std::size_t indent = 2;  // columns a level

std::optional<Value> number_in(std::string_view text) {
  if (const auto integer = number_of<std::int64_t>(text)) return *integer;
  const auto real = number_of<double>(text);
  return real && std::isfinite(*real) ? std::optional<Value>(*real) : std::nullopt;
}

/// What is between double quotes, the escapes of config/node.cpp undone.
std::string unquoted(std::string_view text) {
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') {
      plain += text[i];
      continue;
    }
    const char escaped = text[++i];
    plain += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r' : escaped;
  }
  return plain;
}

Value scalar_value(std::string_view text) {
  if (text == "null") return {};
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return unquoted(text);
  const bool list = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  const auto found = number_in(list ? text.substr(1, text.size() - 2) : text);
  return found ? *found : Value(std::string(text));
}

/// "  key: value" with its depth; nothing where the line has another form.
struct Line {
  std::size_t depth = 0;
  std::string key;
  std::optional<std::string_view> value;  ///< nothing: a block begins
};

/// Where the quote that begins at `start` is closed; npos: nowhere.
std::size_t closing_quote(std::string_view text, std::size_t start) {
  for (std::size_t at = start + 1; at < text.size(); ++at) {
    if (text[at] == '"') return at;
    if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

std::optional<Line> line_of(std::string_view text) {
  const std::size_t start = text.find_first_not_of(' ');
  if (start == std::string_view::npos) return std::nullopt;
  const bool in_quotes = text[start] == '"';
  const std::size_t colon = text.find(':', in_quotes ? closing_quote(text, start) : start);
  if (colon == std::string_view::npos || start >= colon || start % indent != 0) return std::nullopt;
  const std::string_view key = text.substr(start, colon - start);
  if (in_quotes && key.back() != '"') return std::nullopt;
  Line line{start / indent, in_quotes ? unquoted(key) : std::string(key), {}};
  if (colon + 1 == text.size()) return line;
  if (text[colon + 1] != ' ' || colon + 2 == text.size()) return std::nullopt;
  line.value = text.substr(colon + 2);
  return line;
}

/// What a study's own settings are called: by the name that its author gave them.
void shorten_own(std::vector<FactorRecord>& settings) {
  constexpr std::string_view own = "trainer.settings.";
  for (FactorRecord& setting : settings) {
    if (setting.key.starts_with(own)) setting.key.erase(0, own.size());
  }
}

}  // namespace

std::vector<FactorRecord> settings_of(const std::string& config) {
  std::vector<FactorRecord> settings;
  std::vector<std::string> blocks;  // full keys of those that the line is in
  bool block_waits = false;         // the last of `settings` is a block whose first setting is to come
  for (std::size_t begin = 0, end = 0; begin < config.size(); begin = end + 1) {
    end = std::min(config.find('\n', begin), config.size());
    const auto line = line_of(std::string_view(config).substr(begin, end - begin));
    if (!line || line->depth > blocks.size()) continue;
    blocks.resize(line->depth);
    const std::string key = (blocks.empty() ? "" : blocks.back() + '.') + line->key;
    if (!line->value) {
      if (!blocks.empty()) settings.push_back({key, {}});
      block_waits = !blocks.empty();
      blocks.push_back(key);
      continue;
    }
    const Value value = scalar_value(*line->value);
    if (block_waits) settings.back().value = value;
    block_waits = false;
    if (!blocks.empty()) settings.push_back({key, value});
  }
  shorten_own(settings);
  return settings;
}

}  // namespace ablate
