#pragma once
/// Names as MLflow takes them for metrics and parameters, which are files in its file store.

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ablate {

/// One key for each name in all runs of an export. A name that MLflow takes stays as it is: letters, digits, blanks and
/// _ - . : with / between folders. Where two names would have the same key, or one's file would be another's folder,
/// the later one gets a number.
class MlflowKeys {
 public:
  const std::string& of(const std::string& name);
  /// "m@1 as m_1", of the names that could not stay, sorted.
  std::vector<std::string> renamed() const;

 private:
  bool is_free(const std::string& key) const;
  void take(const std::string& key);

  std::map<std::string, std::string> keys_;  ///< by name
  std::set<std::string> files_, folders_;
};

}  // namespace ablate
