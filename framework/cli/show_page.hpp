#pragma once
/// One run's page: what the database knows of it, as tables and a curve.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/reader.hpp"
#include "text/table.hpp"
#include "text/text_curve.hpp"

namespace ablate {

/// A run and what the database holds around it.
struct RunPage {
  std::string study;
  RunRecord run;
  VariantRecord variant;
  std::optional<VariantRecord> baseline;  ///< of its study; nothing: none is named
  std::vector<SplitMetrics> curves, selected;
  std::vector<EpochRow> epochs;
  std::vector<ClassMetrics> classes;      ///< on test
  std::vector<ConfusionEntry> confusion;  ///< on test
  std::vector<std::string> class_names;
  std::vector<DatasetRecord> datasets;  ///< that it trained on, and was judged by
  std::optional<MachineRecord> machine;
  std::optional<AuditRecord> audit;
  std::vector<LeakRecord> findings;
  std::map<std::string, std::string> output;  ///< of the worker, by stream
  std::vector<std::string> tags;
  std::vector<NoteRecord> notes;
  std::vector<FreeValueAt> values, selected_values;  ///< metrics outside the suite
  std::vector<RepeatedEpoch> repeats;
  std::filesystem::path folder;  ///< of a run that another program trained; empty: there is none
};

/// Throws RequestError with the nearest for a run that is not there.
RunPage read_page(const Reader& reader, const std::string& reference, const std::filesystem::path& database);

/// Another program trained it.
bool is_trained_elsewhere(const RunPage& page);

/// One of its findings makes its test numbers no evidence.
bool is_leaked(const RunPage& page);

Table facts_table(const RunPage& page);
/// Settings in which it differs from its study's baseline; no row for the baseline itself, or without one.
Table differences_table(const RunPage& page);
Table audit_table(const RunPage& page);
/// Every metric of every split at the selected epoch.
Table selected_table(const RunPage& page);
Table epochs_table(const RunPage& page);
/// Metrics outside the suite, a column each; no row where there are none. In show_values.cpp.
Table values_table(const RunPage& page);
/// Adds them to a table of the selected epoch, and drops the suite's that such a run did not report.
void add_own_metrics(const RunPage& page, Table& table);
/// Accuracy on train, if it was evaluated, and on validation, else on test.
std::vector<TextCurve> accuracy_curves(const RunPage& page);
/// The lowest F1 first; at most so many rows, 0: all.
Table worst_classes_table(const RunPage& page, std::size_t most);
/// Pairs of classes, the most frequent mistake first; at most so many rows, 0: all.
Table confusions_table(const RunPage& page, std::size_t most);
/// What the worker printed, one row per line, the last ones.
Table output_table(const RunPage& page);

}  // namespace ablate
