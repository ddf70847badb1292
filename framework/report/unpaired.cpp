#include "report/unpaired.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/answer_words.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "stats/divergence.hpp"

namespace ablate {
namespace {

std::vector<double> numbers_of(const VariantSummary& variant) {
  std::vector<double> numbers;
  for (const SeedValue& value : variant.values) numbers.push_back(value.value);
  return numbers;
}

std::string row_words(const Comparison& comparison, const VariantSummary& base, const UnpairedRow& row) {
  const IndependentDifference& d = row.difference;
  const std::string name = short_name(comparison, comparison.variants[row.variant]);
  const std::string of = short_name(comparison, base), metric = comparison.primary.name;
  if (row.withheld) {
    const bool to = row.lost > 0;
    const VariantSummary& side = to ? comparison.variants[row.variant] : base;
    return fmt::format(
        "Unpaired: the runs cannot say whether {} is better or worse than {} in {}: {} {} under {} of "
        "{} runs.",
        name, of, metric, to ? name : of, how_lost(comparison, {to ? row.variant : row.baseline}),
        to ? row.lost : row.baseline_lost, side.counts.planned);
  }
  if (row.word == Word::cannot_say)
    return fmt::format("Unpaired: {} and {} runs cannot say whether {} is better or worse than {} in {}.",
                       d.to.n, d.from.n, name, of, metric);
  return fmt::format("Unpaired: {} is {}: {} in {} ({} against {} runs).", name, than_text(row.word, of),
                     signed_text(d.difference, decimals_of(d.interval, d.difference)), metric, d.to.n,
                     d.from.n);
}

/// No side is reported as the better one that lost runs.
void withhold(UnpairedRow& row) {
  SignTest lost;
  lost.only_to_diverged = row.lost, lost.only_from_diverged = row.baseline_lost;
  const Word word = word_with_divergence(row.word, lost);
  const bool nothing_left = row.difference.to.n == 0 || row.difference.from.n == 0;
  row.withheld = word != row.word || (nothing_left && row.lost + row.baseline_lost > 0);
  row.word = word;
}

}  // namespace

std::vector<UnpairedRow> unpaired_rows(const Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  if (comparison.paired || !base) return {};
  std::size_t family = 0;
  for (const VariantSummary& variant : comparison.variants) family += &variant != base;
  const Best best = primary_metric(comparison).better == Better::up ? Best::highest : Best::lowest;
  std::vector<UnpairedRow> rows;
  for (std::size_t place = 0; place < comparison.variants.size(); ++place) {
    const VariantSummary& variant = comparison.variants[place];
    if (&variant == base || variant.counts.stopped > 0) continue;
    UnpairedRow& row = rows.emplace_back();
    row.variant = place, row.baseline = static_cast<std::size_t>(base - comparison.variants.data());
    row.difference =
        independent_difference(numbers_of(*base), numbers_of(variant), comparison.confidence, family);
    if (row.difference.reason.empty())
      row.word = word_of(row.difference.interval, comparison.question_asked.margin, best);
    row.lost = losses(comparison, variant), row.baseline_lost = losses(comparison, *base);
    withhold(row);
  }
  return rows;
}

std::string unpaired_headline(const Comparison& comparison) {
  const auto rows = unpaired_rows(comparison);
  if (rows.empty()) return "Unpaired: no variant is named as the baseline, so nothing is compared.";
  const VariantSummary& base = *baseline(comparison);
  if (rows.size() == 1) return row_words(comparison, base, rows.front());
  std::map<Word, std::vector<std::string>> groups;
  for (const UnpairedRow& row : rows)
    groups[row.word].push_back(short_name(comparison, comparison.variants[row.variant]));
  std::vector<std::string> parts;
  for (const auto& [word, names] : groups)
    parts.push_back(fmt::format("{}: {}", word_text(word), names_text(names, 3)));
  return fmt::format("Unpaired, against {}, in {}: {}.", short_name(comparison, base),
                     comparison.primary.name, fmt::join(parts, "; "));
}

}  // namespace ablate
