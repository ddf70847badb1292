#include "stats/anova.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/distributions.hpp"
#include "stats/least_squares.hpp"

namespace ablate {

namespace {

using Runs = std::vector<FactorialRun>;

/// A term of the model and its indicator columns.
struct Term {
  std::vector<std::size_t> factors;  ///< none for the seeds
  std::vector<Column> columns;

  /// A factor is contained in its interactions; the seeds, which have none, in nothing.
  bool contains(const Term& other) const {
    return !other.factors.empty() &&
           std::includes(factors.begin(), factors.end(), other.factors.begin(), other.factors.end());
  }
};

template <class Key>
std::vector<Column> indicators(const Runs& runs, const Key& key_of) {
  std::map<decltype(key_of(runs.front())), Column> columns;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    columns.try_emplace(key_of(runs[i]), runs.size(), 0.0).first->second[i] = 1.0;
  }
  std::vector<Column> result;
  for (auto& [key, column] : columns) result.push_back(std::move(column));
  return result;
}

std::vector<Term> main_terms(const Runs& runs) {
  std::vector<Term> terms{{{}, indicators(runs, [](const auto& run) { return run.seed; })}};
  for (std::size_t i = 0; i < runs.front().levels.size(); ++i) {
    terms.push_back({{i}, indicators(runs, [i](const auto& run) { return run.levels[i]; })});
  }
  return terms;
}

std::vector<Term> with_interactions(const Runs& runs, std::vector<Term> terms) {
  const std::size_t factors = runs.front().levels.size();
  for (std::size_t i = 0; i < factors; ++i) {
    for (std::size_t j = i + 1; j < factors; ++j) {
      const auto pair = [&](const auto& run) { return std::pair(run.levels[i], run.levels[j]); };
      terms.push_back({{i, j}, indicators(runs, pair)});
    }
  }
  return terms;
}

std::size_t columns(const std::vector<Term>& terms) {
  std::size_t count = 0;
  for (const Term& term : terms) count += term.columns.size();
  return count;
}

LeastSquares fit_of_mean(const Runs& runs) {
  Column values;
  for (const FactorialRun& run : runs) values.push_back(run.value);
  LeastSquares fit(values);
  fit.add({Column(runs.size(), 1.0)});
  return fit;
}

/// The columns of a term times the seeds.
std::vector<Column> by_seed(const Runs& runs, const std::vector<std::size_t>& factors) {
  return indicators(runs, [&](const FactorialRun& run) {
    std::vector<std::size_t> levels;
    for (const std::size_t factor : factors) levels.push_back(run.levels[factor]);
    return std::pair(levels, run.seed);
  });
}

/// What a term times the seeds adds to all terms, and to those that it contains times the seeds: how much the
/// term's effect differs from seed to seed.
LeastSquares::Gain error_of(const Runs& runs, const Term& term, LeastSquares fitted) {
  if (term.factors.empty()) return {};
  if (term.factors.size() > 1) {
    for (const std::size_t factor : term.factors) fitted.add(by_seed(runs, {factor}));
  }
  const std::vector<Column> columns = by_seed(runs, term.factors);
  return columns.size() > most_error_columns ? LeastSquares::Gain{} : fitted.add(columns);
}

/// A fitted model: each term's gain and its error, and what all of them leave.
struct Model {
  std::vector<LeastSquares::Gain> gains, errors;
  std::size_t residual_degrees = 0;
  double residual = 0.0;
};

Model fit(const Runs& runs, const std::vector<Term>& terms) {
  Model model;
  const LeastSquares of_mean = fit_of_mean(runs);
  for (const Term& term : terms) {
    LeastSquares without = of_mean;
    for (const Term& other : terms) {
      if (!other.contains(term) && &other != &term) without.add(other.columns);
    }
    model.gains.push_back(without.add(term.columns));
  }
  LeastSquares whole = of_mean;
  for (const Term& term : terms) whole.add(term.columns);
  for (const Term& term : terms) model.errors.push_back(error_of(runs, term, whole));
  model.residual_degrees = runs.size() - whole.rank();
  model.residual = whole.residual_sum_of_squares();
  return model;
}

/// A main effect that an interaction takes degrees from cannot be told apart from it.
bool confounded(const Model& full, const Model& main) {
  for (std::size_t i = 0; i < main.gains.size(); ++i) {
    if (full.gains[i].degrees < main.gains[i].degrees) return true;
  }
  return false;
}

AnovaTerm describe(const Term& term, const LeastSquares::Gain& gain, const LeastSquares::Gain& error,
                   double total) {
  AnovaTerm result{.factors = term.factors, .degrees = gain.degrees};
  if (gain.degrees == 0) {
    result.reason = term.columns.size() < 2 ? "it never changes" : "it cannot be separated from the others";
    return result;
  }
  result.sum_of_squares = gain.sum_of_squares;
  result.share = gain.sum_of_squares / total;
  result.error_degrees = error.degrees;
  if (term.factors.empty()) {
    result.reason = "it is what the effects are compared within";
  } else if (error.degrees == 0) {
    result.reason = "no seeds show how it differs from seed to seed";
  } else if (error.sum_of_squares <= rounding * total) {
    result.reason = "it is the same under every seed";
  } else {
    const auto degrees = static_cast<double>(gain.degrees),
               error_degrees = static_cast<double>(error.degrees);
    result.f = (gain.sum_of_squares / degrees) / (error.sum_of_squares / error_degrees);
    result.p = f_above(result.f, degrees, error_degrees);
  }
  return result;
}

void fill(Anova& table, const std::vector<Term>& terms, const Model& model) {
  const double total = table.total_sum_of_squares;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const AnovaTerm term = describe(terms[i], model.gains[i], model.errors[i], total);
    if (term.factors.empty()) table.seeds = term;
    if (term.factors.size() == 1) table.factors.push_back(term);
    if (term.factors.size() == 2) table.interactions.push_back(term);
  }
  table.residual = {.degrees = model.residual_degrees,
                    .sum_of_squares = model.residual,
                    .share = model.residual / total,
                    .reason = "it is what the terms do not explain"};
}

std::string_view why_no_table(const Runs& runs) {
  Column values;
  for (const FactorialRun& run : runs) values.push_back(run.value);
  if (runs.size() < 2) return "fewer than two runs have a value";
  if (!has_spread(summarize(values))) return "the values are all alike";
  return columns(main_terms(runs)) > most_anova_columns ? "the factors have too many levels" : "";
}

/// The unit that the values of all runs are in from now on.
double to_one_unit(Runs& runs) {
  Column values;
  for (const FactorialRun& run : runs) values.push_back(run.value);
  const double unit = unit_of(values);
  for (FactorialRun& run : runs) run.value /= unit;
  return unit;
}

void take_out_of(double unit, Anova& table) {
  table.total_sum_of_squares *= unit * unit;
  for (AnovaTerm* term : {&table.seeds, &table.residual}) term->sum_of_squares *= unit * unit;
  for (auto* terms : {&table.factors, &table.interactions}) {
    for (AnovaTerm& term : *terms) term.sum_of_squares *= unit * unit;
  }
}

void fill(Anova& table, const Runs& runs) {
  table.total_sum_of_squares = fit_of_mean(runs).residual_sum_of_squares();
  const std::vector<Term> main = main_terms(runs), full = with_interactions(runs, main);
  const Model main_model = fit(runs, main);
  if (columns(full) > most_anova_columns) {
    table.interactions_reason = "the factors have too many levels";
    fill(table, main, main_model);
    return;
  }
  const Model full_model = fit(runs, full);
  if (full_model.residual_degrees == 0) {
    table.interactions_reason = "they would leave no run to judge chance by";
  } else if (confounded(full_model, main_model)) {
    table.interactions_reason = "they cannot be separated from the main effects";
  }
  const bool kept = table.interactions_reason.empty();
  fill(table, kept ? full : main, kept ? full_model : main_model);
}

}  // namespace

Anova anova(std::span<const FactorialRun> all) {
  require_factorial(all);
  Runs runs;
  std::copy_if(all.begin(), all.end(), std::back_inserter(runs),
               [](const FactorialRun& run) { return std::isfinite(run.value); });
  Anova table;
  table.runs = runs.size();
  table.left_out = all.size() - runs.size();
  table.reason = why_no_table(runs);
  if (!table.reason.empty()) return table;
  const double unit = to_one_unit(runs);
  fill(table, runs);
  take_out_of(unit, table);
  return table;
}

}  // namespace ablate
