#include <bit>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"

namespace ablate {

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
      digest.update(fmt::format("{}\n{} {} {}", variant, seed, epoch, split));
      for (const Metric& metric : metric_table()) {
        const double value = suite.*metric.value;
        // Not a number has many bit patterns and stands in the file as NULL: one text for all.
        digest.update(value == value ? fmt::format(" {:016x}", std::bit_cast<std::uint64_t>(value)) : " nan");
      }
      digest.update("\n");
    }
    return hex(digest.finish());
  });
}

}  // namespace ablate
