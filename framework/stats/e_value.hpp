#pragma once
/// Evidence that stays valid however often one looks.

#include <cstddef>
#include <span>

#include "stats/summary.hpp"

namespace ablate {

struct EValue {
  double last = 1.0;       ///< E after all differences; 1 for none
  double largest = 1.0;    ///< E after any number of them: at least 1
  double anytime_p = 1.0;  ///< min(1, 1 / largest): valid at any look, planned or not
};

/// E-value against differences that are as likely to be positive as negative given their sizes, in the order
/// in which their seeds were run: E = mean over l in {1/2, 1, 2} of (product of (1 + a_i s_i) + product of (1
/// - a_i s_i)) / 2, s_i the sign (0 of 0), a_i = tanh(l |d_i| / r_i), r_i^2 the mean of d_1^2..d_i^2. A test
/// martingale: given the sizes so far each sign is a fair coin, so the chance that E ever reaches 1 / level is at
/// most the level; a claim needs E >= 1 / level. For a family the level is Bonferroni's. Differences are
/// finite, or std::invalid_argument is thrown. Source: Ville 1939; de la Pena 1999; Vovk and Wang
/// arXiv:2208.08925; Ramdas, Ruf, Larsson and Koolen arXiv:2009.03167.
EValue symmetry_e_value(std::span<const double> differences);

}  // namespace ablate
