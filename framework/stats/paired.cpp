#include "stats/paired.hpp"

#include <cmath>

#include "stats/distributions.hpp"
#include "stats/effect_size.hpp"
#include "stats/power.hpp"

namespace ablate {

namespace {

std::string_view why_no_t(const Summary& summary) {
  if (summary.n == 0) return "no seed is shared";
  if (!std::isfinite(summary.mean)) return "a difference is not a finite number";
  if (summary.n == 1) return "a single pair has no spread";
  return has_spread(summary) ? "" : "the differences are all alike";
}

}  // namespace

PairedDifference paired_difference(std::span<const double> differences, double confidence) {
  PairedDifference result;
  result.summary = summarize(differences);
  result.interquartile_mean = interquartile_mean(differences);
  result.interval = t_interval(result.summary, confidence);
  result.bootstrap = bca_interval(differences, confidence);
  const SignFlipTest signs = sign_flip_test(differences);
  result.permutation_p = signs.p;
  result.permutation_error = signs.standard_error;
  result.smallest_permutation_p = signs.smallest_p;
  result.wilcoxon_p = wilcoxon_test(differences).p;
  result.detectable_effect_size = detectable_effect_size(differences.size(), 1.0 - confidence);
  result.reason = why_no_t(result.summary);
  if (!result.reason.empty()) return result;
  const auto n = static_cast<double>(result.summary.n);
  result.effect_size = cohens_d_z(result.summary);
  result.unbiased_effect_size = hedges_g_z(result.summary);
  result.t = result.effect_size * std::sqrt(n);
  result.t_p = two_sided_t_p(result.t, n - 1.0);
  result.detectable_difference = result.detectable_effect_size * result.summary.standard_deviation;
  return result;
}

}  // namespace ablate
