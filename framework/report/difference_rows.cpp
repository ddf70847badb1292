#include "report/difference_rows.hpp"

#include <cmath>

#include "report/phrases.hpp"
#include "report/shown.hpp"

namespace ablate {

bool has_difference(const VariantSummary& variant) {
  return variant.difference && std::isfinite(variant.difference->paired.summary.mean);
}

ForestRow forest_row(std::string label, const Member& member, bool has_interval) {
  ForestRow row{std::move(label), member.summary.mean, has_interval ? member.interval.low : undefined,
                has_interval ? member.interval.high : undefined};
  row.decimals = decimals_of(member);
  return row;
}

ForestRow difference_row(const Comparison& comparison, const VariantSummary& variant) {
  std::string label = short_name(comparison, variant);
  if (is_difference_leaked(comparison, variant)) label += dagger;
  return forest_row(std::move(label), variant.difference->member, variant.difference->has_interval());
}

std::vector<Value> difference_cells(const Comparison& comparison, const VariantSummary& variant,
                                    std::vector<Value> names) {
  const Member& member = variant.difference->member;
  const bool wide = variant.difference->has_interval();
  names.insert(names.end(),
               {whole(member.summary.n), member.summary.mean, wide ? Value(member.interval.low) : Value(),
                wide ? Value(member.interval.high) : Value(),
                std::int64_t{is_difference_leaked(comparison, variant)}});
  return names;
}

}  // namespace ablate
