#include "store/fingerprint.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "store/connection.hpp"

namespace ablate {

namespace {

/// The text of a value: not a number has many bit patterns and is in the file as NULL, one text for all.
std::string bits_text(double value) {
  return value == value ? fmt::format(" {:016x}", std::bit_cast<std::uint64_t>(value)) : " nan";
}

void add_suite(const std::string& variant, std::int64_t seed, std::int64_t epoch, const std::string& split,
               const MetricSuite& suite, Sha256& digest) {
  digest.update(fmt::format("{}\n{} {} {}", variant, seed, epoch, split));
  for (const Metric& metric : metric_table()) digest.update(bits_text(suite.*metric.value));
  digest.update("\n");
}

void add_value(const std::string& variant, std::int64_t seed, std::int64_t epoch, const FreeValue& value,
               Sha256& digest) {
  digest.update(fmt::format("{}\n{} {} {}.{}{}\n", variant, seed, epoch, value.split, value.metric,
                            bits_text(value.value)));
}

/// Metrics outside the suite; a study without any keeps the fingerprint that it had before there were such.
void add_free_values(Connection& connection, std::int64_t study_id, Sha256& digest) {
  Query query(connection,
              "SELECT variant.name, run.seed, v.epoch, v.split, v.metric, v.value FROM epoch_value AS v "
              "JOIN run ON run.id = v.run_id JOIN variant ON variant.id = run.variant_id "
              "WHERE run.study_id = ? AND NOT run.obsolete ORDER BY 1, 2, 3, 4, 5");
  query << study_id;
  while (query.next()) {
    std::string variant;
    std::int64_t seed = 0, epoch = 0;
    FreeValue value;
    query >> variant >> seed >> epoch >> value.split >> value.metric >> value.value;
    add_value(variant, seed, epoch, value, digest);
  }
}

}  // namespace

std::string Reader::fingerprint(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                fmt::format("SELECT variant.name, run.seed, m.epoch, m.split, {} FROM epoch_metric AS m "
                            "JOIN run ON run.id = m.run_id JOIN variant ON variant.id = run.variant_id "
                            "WHERE run.study_id = ? AND NOT run.obsolete ORDER BY 1, 2, 3, 4",
                            metric_columns("m.")));
    query << study_id;
    Sha256 digest;
    while (query.next()) {
      std::string variant, split;
      std::int64_t seed = 0, epoch = 0;
      MetricSuite suite;
      query >> variant >> seed >> epoch >> split >> suite;
      add_suite(variant, seed, epoch, split, suite, digest);
    }
    add_free_values(*connection_, study_id, digest);
    return hex(digest.finish());
  });
}

std::string run_fingerprint(const std::string& variant, std::int64_t seed, std::vector<SplitMetrics> curves,
                            std::vector<FreeValueAt> values) {
  const auto place = [](const SplitMetrics& at) { return std::tuple(at.epoch, to_string(at.split)); };
  std::sort(curves.begin(), curves.end(),
            [&](const SplitMetrics& a, const SplitMetrics& b) { return place(a) < place(b); });
  std::sort(values.begin(), values.end(), [](const FreeValueAt& a, const FreeValueAt& b) {
    return std::tie(a.epoch, a.value.split, a.value.metric) <
           std::tie(b.epoch, b.value.split, b.value.metric);
  });
  Sha256 digest;
  for (const SplitMetrics& at : curves)
    add_suite(variant, seed, at.epoch, to_string(at.split), at.suite, digest);
  for (const FreeValueAt& at : values) add_value(variant, seed, at.epoch, at.value, digest);
  return hex(digest.finish());
}

}  // namespace ablate
