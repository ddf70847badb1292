#pragma once
/// What a name means: a fact of a run, a setting of its variant, a metric at its selected epoch.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "metrics/metric_table.hpp"

namespace ablate::ask {

enum class ValueKind {
  number,
  text,
  truth,
  any  ///< a number or a text: a list of several, a choice with a number
};

/// Of what a name is one: rows of `study`, `variant` or `run`.
enum class Reach { study, variant, run };

/// What is known of every run. `sql` reads the tables run, variant and study.
struct Fact {
  std::string_view name;
  ValueKind kind;
  Reach reach;
  std::string_view sql;
  std::string_view meaning;  ///< a clause, for the reference page
  int decimals = -1;         ///< of a number, for people; -1: all
  /// Of a fact of which a run has several texts: "SELECT 1 FROM ... AND text", which `= ?` makes a query. A
  /// run then equals, is in or is like what any of them is. Empty: it has one.
  std::string_view each = {};
};

/// Every fact, in the order of the reference page.
std::span<const Fact> facts();

/// A metric outside the suite, which the programs of some studies report.
struct OwnMetric {
  std::string split, metric;  ///< "test", "bleu"; a metric of the run as a whole has no split
  std::optional<bool> up;     ///< which way is better; nothing: no study declares it
  bool is_selected = true;    ///< false: it stands in epochs, but in no run's selected one
};

struct Name {
  enum class What { fact, setting, metric, own_metric };
  What what = What::fact;
  std::string full;  ///< "model.skip", "test.accuracy", "status"
  ValueKind kind = ValueKind::number;
  Reach reach = Reach::run;
  std::vector<std::string> choices = {};  ///< all values that it can have; empty: not known
  const Fact* fact = nullptr;
  const Metric* metric = nullptr;
  SplitName split = SplitName::test;  ///< of a metric
  std::string also = {};              ///< of a setting: another key that the same name stands for
  OwnMetric own = {};                 ///< of an own_metric
};

/// Names that the studies asked about add to those that every question knows.
struct Vocabulary {
  std::map<std::string, std::string> factors = {};  ///< of `factors:`, to the settings that they stand for
  std::string split = {};  ///< of a metric that is named alone; empty: it must be named with its split
  std::map<std::string, ValueKind> settings = {};  ///< that studies define themselves, by their keys
  std::map<std::string, OwnMetric> metrics = {};   ///< by their names: "test.bleu"
  /// Whether a metric of that name stands in some run's epochs: asked where no other name fits. Empty: none does.
  std::function<bool(const std::string&)> is_in_epochs = {};
};

/// The name that `word`, at `at` of `text`, stands for; a setting may be named by any last parts of its key
/// that distinguish it from the others. Facts come before factors, and these before settings. Throws RequestError with the nearest name and
/// the choices, for a wrong one and for one that several settings end in.
Name find_name(const std::string& word, const std::string& text, std::size_t at,
               const Vocabulary& vocabulary = {});

/// "last(test.bleu), max(test.bleu) or min(test.bleu)": what to ask of a metric that stands in no selected epoch.
std::string over_epochs(const Name& name);

/// Whether `find_name` would find it, but for a metric that stands in no selected epoch.
bool is_name(const std::string& word, const Vocabulary& vocabulary = {});

/// Names that can be written: facts, full keys of settings, metrics of each split.
std::vector<std::string> all_names();

/// Functions over a run's epochs.
const std::vector<std::string>& function_names();

}  // namespace ablate::ask
