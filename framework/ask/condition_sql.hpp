#pragma once
/// From a tree to SQL. Private to framework/ask.

#include <optional>
#include <string>
#include <vector>

#include "ask/names.hpp"
#include "ask/syntax.hpp"

namespace ablate::ask {

/// Values by number: the first is ?1.
class Parameters {
 public:
  std::string add(Value value);
  const std::vector<Value>& values() const { return values_; }

 private:
  std::vector<Value> values_;
};

/// The tables beside `run` that some SQL reads: what its FROM must join.
struct Tables {
  bool study = false, variant = false, train = false, validation = false, test = false;
  /// "run JOIN variant ON ... LEFT JOIN run_metric AS test ON ...".
  std::string from_run() const;
  /// What follows "run": the joins alone.
  std::string joins() const;
};

/// A value that a statement gives or sorts by.
struct Expression {
  std::string sql = {};
  std::string title = {};  ///< as it was asked for
  std::string full = {};   ///< of a name: its full one; of a call: the call
  ValueKind kind = ValueKind::number;
  int decimals = -1;             ///< of a number, for people; -1: all
  bool falls_first = false;      ///< the highest is the best
  std::optional<Name> own = {};  ///< of a metric outside the suite, at the selected epoch
};

/// Writes SQL that reads `run` and the tables that it notes. Everything that was typed is bound, nothing is
/// interpolated. Errors show `text`.
class SqlWriter {
 public:
  SqlWriter(const std::string& text, const Vocabulary& vocabulary, Parameters& parameters, Tables& tables)
      : text_(text), vocabulary_(vocabulary), parameters_(parameters), tables_(tables) {}

  /// A condition that keeps exactly the runs for which `condition` is true. Parts of an `and` that ask only
  /// for the variant or the study are asked of these, once each, not of every run; runs are then read of
  /// those variants alone that all of them keep.
  std::string filter(const Condition& condition);

  /// A name or a call.
  Expression expression(const Operand& operand);

 private:
  /// The table whose row is asked.
  enum class Scope { run, variant, study, epoch };

  std::string condition(const Condition& condition);
  std::string joined(const std::vector<Condition>& parts, std::string_view word);
  std::string comparison(const Condition& condition);
  std::string pair(const Operand& left, Comparison comparison, const Operand& right);
  /// What to try where two values are compared: a quoted one may be meant as a name.
  std::string name_hint(const Operand& left, const Operand& right) const;
  std::string beside(const Operand& named, Comparison comparison, const Operand& value);
  std::string membership(const Condition& condition);
  std::string pattern(const Condition& condition);
  std::string truth(const Condition& condition);

  bool is_named(const Operand& operand) const;
  Name meaning(const Operand& operand) const;
  std::string sql_of(const Operand& operand);
  std::string sql_of(const Name& name, std::size_t at);
  std::string call(const Operand& operand);
  std::string first_epoch(const Operand& operand);
  Name epoch_metric_of(const Operand& operand) const;
  /// " = 'key'", or " IN (...)" where a name stands for two.
  static std::string key_test(const Name& name);
  /// "split = ? AND metric = ?" of a metric outside the suite, behind `table`.
  std::string own_test(const std::string& table, const OwnMetric& metric);
  std::string epoch_value(const Name& name, const std::string& what, const std::string& which);

  /// "SELECT ..." of the variants that a condition on variants keeps, else a condition.
  std::string filter_part(const Condition& condition);
  Reach reach(const Condition& condition) const;

  const std::string& text_;
  const Vocabulary& vocabulary_;
  Parameters& parameters_;
  Tables& tables_;
  Scope scope_ = Scope::run;
  SplitName epoch_split_ = SplitName::test;  ///< in the scope of an epoch
  bool epoch_is_own_ = false;                ///< likewise: the epochs are those of a metric outside the suite
  std::string epoch_own_ = {};               ///< its full name
  std::string setting_value_;                ///< stands for the one setting asked for; empty: it is looked up
};

}  // namespace ablate::ask
