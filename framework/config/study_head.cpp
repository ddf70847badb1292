#include "config/study_head.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>

#include <fmt/format.h>

#include "config/plain_text.hpp"
#include "config/scalars.hpp"

namespace ablate {
namespace {

std::string trimmed(const std::string& line) {
  constexpr const char* blank = " \t\r";
  const std::size_t first = line.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(blank) - first + 1);
}

/// "Does it help?" of "## Does it help?"; the line holds more than "#".
std::string comment_text(const std::string& line) {
  return trimmed(line.substr(line.find_first_not_of('#')));
}

std::string first_comment(const std::string& text) {
  std::istringstream lines(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
  std::string comment;
  for (std::string line; std::getline(lines, line);) {
    line = trimmed(line);
    const bool passed_over =
        line == "---" || line.starts_with('%') || line.find("yaml-language-server:") != std::string::npos;
    if (passed_over || (line.empty() && comment.empty())) continue;
    if (!line.starts_with('#')) break;
    const std::string words = line.find_first_not_of('#') == std::string::npos ? "" : comment_text(line);
    if (words.empty() && !comment.empty()) break;  // the question is the first paragraph
    if (!words.empty()) comment += (comment.empty() ? "" : " ") + words;
  }
  return comment;
}

std::uint64_t read_seed(const Node& node, const ReadContext& context) {
  const auto seed = whole_number(node);
  if (!seed || *seed < 0) refuse_value(node, "seeds", context, "a whole number of at least 0");
  return static_cast<std::uint64_t>(*seed);
}

std::vector<std::uint64_t> read_seed_list(const Node& node, const ReadContext& context) {
  if (node.items.empty() || node.items.size() > most_seeds) {
    refuse(node.where, context,
           fmt::format("seeds: found {} items, expected 1 to {}", node.items.size(), most_seeds));
  }
  std::vector<std::uint64_t> seeds;
  for (const Node& item : node.items) seeds.push_back(read_seed(item, context));
  std::vector<std::uint64_t> sorted = seeds;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) refuse(node.where, context, fmt::format("seeds: {} is listed twice", *twice));
  return seeds;
}

/// `first`, `step` or `most`.
std::size_t read_count(const Node& seeds, const std::string& key, std::size_t standard,
                       const ReadContext& context) {
  const Node* node = seeds.find(key);
  if (!node) return standard;
  const auto count = whole_number(*node);
  if (!count || *count < 1 || *count > most_seeds)
    refuse_value(*node, "seeds." + key, context, fmt::format("a whole number from 1 to {}", most_seeds));
  return static_cast<std::size_t>(*count);
}

SeedsUntilSettled read_until_settled(const Node& node, const ReadContext& context) {
  const std::vector<std::string> known = {"first", "step", "most", "until"};
  refuse_unknown_keys(node, "seeds", known, context);
  const Node* until = node.find("until");
  if (!until || !until->is_word("settled")) {
    const std::string example = "seeds: {first: 8, step: 4, most: 24, until: settled}";
    if (until) refuse_value(*until, "seeds.until", context, "settled", example);
    refuse(node.where, context, "seeds: a mapping says until when seeds are added", example);
  }
  SeedsUntilSettled seeds;
  seeds.first = read_count(node, "first", seeds.first, context);
  seeds.step = read_count(node, "step", seeds.step, context);
  seeds.most = read_count(node, "most", std::max(seeds.most, seeds.first), context);
  if (seeds.most < seeds.first) {
    refuse(locate(node, "most"), context,
           fmt::format("seeds.most {} is less than seeds.first {}", seeds.most, seeds.first),
           "a larger most");
  }
  return seeds;
}

}  // namespace

std::string read_name(const Node& root, const ReadContext& context) {
  const Node* node = root.find("study");
  if (!node) {
    const bool extends = root.find("extends") != nullptr;
    refuse(root.where, context,
           extends
               ? "the key `study` is missing: it is not inherited, or two studies would mix under one name"
               : "the key `study` is missing",
           "study: a_name_for_it");
  }
  const std::string& name = node->text;
  const bool wrong_character =
      std::any_of(name.begin(), name.end(), [](char c) { return c == '/' || (c >= 0 && c < ' '); });
  const bool fits = node->is(Node::Kind::scalar) && !name.empty() && characters(name) <= longest_study_name &&
                    name.size() <= longest_study_name_bytes;
  if (!fits || wrong_character || name.starts_with('.')) {
    refuse_value(*node, "study", context,
                 fmt::format("a name of 1 to {} characters ({} bytes), without '/' and with no '.' in front",
                             longest_study_name, longest_study_name_bytes));
  }
  return name;
}

std::string read_question(const Node& root, const std::string& text, const ReadContext& context) {
  const Node* node = root.find("question");
  if (!node) return std::string(first_characters(first_comment(text), longest_question));
  if (!node->is(Node::Kind::scalar) || characters(node->text) > longest_question) {
    refuse_value(*node, "question", context,
                 fmt::format("a sentence of at most {} characters", longest_question));
  }
  return node->text;
}

std::vector<std::uint64_t> counted_seeds(std::size_t count) {
  std::vector<std::uint64_t> seeds(count);
  std::iota(seeds.begin(), seeds.end(), 1);
  return seeds;
}

Seeds read_seeds(const Node& root, const ReadContext& context) {
  const Node* node = root.find("seeds");
  if (node && node->is(Node::Kind::sequence)) return {read_seed_list(*node, context), std::nullopt};
  if (node && node->is(Node::Kind::mapping)) {
    const SeedsUntilSettled until = read_until_settled(*node, context);
    return {counted_seeds(until.first), until};
  }
  const auto count = node ? whole_number(*node) : default_seeds;
  if (!count || *count < 1 || *count > most_seeds) {
    refuse_value(*node, "seeds", context,
                 fmt::format("a whole number from 1 to {}, a list, or {{first, step, most, until: settled}}",
                             most_seeds));
  }
  return {counted_seeds(static_cast<std::size_t>(*count)), std::nullopt};
}

Node to_node(const SeedsUntilSettled& until) {
  Node node = Node::mapping();
  node.style = Node::Style::flow;
  for (const auto& [key, value] :
       {std::pair("first", until.first), std::pair("step", until.step), std::pair("most", until.most)})
    node.add(key, Node::scalar(fmt::format("{}", value)));
  node.add("until", Node::scalar("settled"));
  return node;
}

}  // namespace ablate
