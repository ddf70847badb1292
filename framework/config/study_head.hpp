#pragma once
/// What a study file holds beside its settings and variants: name, question and seeds.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/node.hpp"
#include "config/refusal.hpp"
#include "config/seeds.hpp"

namespace ablate {

constexpr int default_seeds = 10;
constexpr int most_seeds = 10'000;
constexpr std::size_t longest_study_name = 100;        ///< characters
constexpr std::size_t longest_study_name_bytes = 200;  ///< of UTF-8: a folder may be called so
constexpr std::size_t longest_question = 2'000;        ///< characters

/// `study`: 1 to 100 characters that can name a folder.
std::string read_name(const Node& root, const ReadContext& context);

/// `question`, else the comment that `text` begins with, its lines joined; lines for editors ("#
/// yaml-language-server:
/// ...") are passed over.
std::string read_question(const Node& root, const std::string& text, const ReadContext& context);

/// 1, 2, ..., count.
std::vector<std::uint64_t> counted_seeds(std::size_t count);

/// `seeds`: a count (1, 2, ..., count), a list, or `{first, step, most, until: settled}`, which begins with 1 to
/// `first`.
struct Seeds {
  std::vector<std::uint64_t> first;
  std::optional<SeedsUntilSettled> until;
};
Seeds read_seeds(const Node& root, const ReadContext& context);

/// "{first: 8, step: 4, most: 24, until: settled}".
Node to_node(const SeedsUntilSettled& until);

}  // namespace ablate
