#pragma once
/// One run's page: what the database knows of it, as tables and a curve.

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
  std::vector<ClassMetrics> classes;     ///< on test
  std::vector<ConfusionCell> confusion;  ///< on test
  std::vector<std::string> class_names;
  std::vector<DatasetRecord> datasets;  ///< that it trained on, and was judged by
  std::optional<MachineRecord> machine;
  std::optional<AuditRecord> audit;
  std::vector<LeakRecord> findings;
  std::map<std::string, std::string> output;  ///< of the worker, by stream
  std::vector<std::string> tags;
  std::vector<NoteRecord> notes;
};

/// Throws RequestError with the nearest for a run that is not there.
RunPage read_page(const Reader& reader, const std::string& reference);

/// One of its findings makes its test numbers no evidence.
bool is_leaked(const RunPage& page);

Table facts_table(const RunPage& page);
/// Settings in which it differs from its study's baseline; no row for the baseline itself, or without one.
Table differences_table(const RunPage& page);
Table audit_table(const RunPage& page);
/// Every metric of every split at the selected epoch.
Table selected_table(const RunPage& page);
Table epochs_table(const RunPage& page);
/// Accuracy on train, if it was evaluated, and on validation, else on test.
std::vector<TextCurve> accuracy_curves(const RunPage& page);
/// The lowest F1 first; at most so many rows, 0: all.
Table worst_classes_table(const RunPage& page, std::size_t most);
/// Pairs of classes, the most frequent mistake first; at most so many rows, 0: all.
Table confusions_table(const RunPage& page, std::size_t most);
/// What the worker printed, one row per line, the last ones.
Table output_table(const RunPage& page);

}  // namespace ablate
