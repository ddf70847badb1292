#include "store/sql_functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include "base/worker_name.hpp"

namespace ablate {
namespace {

const char* name_of(sqlite3_context* context) { return static_cast<const char*>(sqlite3_user_data(context)); }

void fail(sqlite3_context* context, const std::string& what) {
  const std::string message = std::string(name_of(context)) + "() " + what;
  sqlite3_result_error(context, message.c_str(), static_cast<int>(message.size()));
}

/// Nothing for NULL, and for what is not a number, which is reported.
std::optional<double> number(sqlite3_context* context, sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_NULL:
      return std::nullopt;
    default:
      fail(context, "takes numbers, not text or blobs");
      return std::nullopt;
  }
}

/// SQLite's zeroed memory of this group of rows; null where there is none (left).
template <class State>
State* state_of(sqlite3_context* context, bool make) {
  return static_cast<State*>(sqlite3_aggregate_context(context, make ? sizeof(State) : 0));
}

struct Moments {
  std::int64_t count;
  double mean, squares;  ///< of differences from the mean
};

void add_to_moments(sqlite3_context* context, int, sqlite3_value** values) {
  const auto x = number(context, values[0]);
  if (!x) return;
  auto* moments = state_of<Moments>(context, true);
  if (!moments) return sqlite3_result_error_nomem(context);
  const double from_old = *x - moments->mean;
  moments->mean += from_old / static_cast<double>(++moments->count);
  moments->squares += from_old * (*x - moments->mean);
}

/// `lost`: degrees of freedom that the mean takes.
template <int lost, bool root>
void give_spread(sqlite3_context* context) {
  const auto* moments = state_of<Moments>(context, false);
  if (!moments || moments->count <= lost) return sqlite3_result_null(context);
  const double variance = moments->squares / static_cast<double>(moments->count - lost);
  sqlite3_result_double(context, root ? std::sqrt(variance) : variance);  // NaN becomes NULL
}

/// The values of a group, in memory that SQLite counts and bounds. `give_percentile` frees it: SQLite calls
/// that once for each group that was begun, after an error too.
struct Sample {
  double* values;
  std::size_t count, room;
  double percent;
};

/// Makes room for one more; false where there is no memory.
bool grow(Sample& sample) {
  if (sample.count < sample.room) return true;
  const std::size_t room = std::max<std::size_t>(64, sample.room + sample.room / 2);
  void* values = sqlite3_realloc64(sample.values, room * sizeof(double));
  if (!values) return false;
  sample.values = static_cast<double*>(values);
  sample.room = room;
  return true;
}

void add_to_sample(sqlite3_context* context, sqlite3_value* value, double percent) {
  const auto x = number(context, value);
  if (!x) return;
  auto* sample = state_of<Sample>(context, true);
  if (!sample || !grow(*sample)) return sqlite3_result_error_nomem(context);
  if (sample->count == 0) sample->percent = percent;
  if (sample->percent != percent) return fail(context, "takes one p for all rows of a group");
  sample->values[sample->count++] = *x;
}

void add_to_median(sqlite3_context* context, int, sqlite3_value** values) {
  add_to_sample(context, values[0], 50.0);
}

void add_to_percentile(sqlite3_context* context, int, sqlite3_value** values) {
  const auto percent = number(context, values[1]);
  const int type = sqlite3_value_type(values[1]);
  if (!percent && type != SQLITE_NULL) return;  // told
  if (!percent || !(*percent >= 0.0 && *percent <= 100.0)) return fail(context, "takes a p from 0 to 100");
  add_to_sample(context, values[0], *percent);
}

void give_percentile(sqlite3_context* context) {
  auto* sample = state_of<Sample>(context, false);
  if (!sample || sample->count == 0) return sqlite3_result_null(context);
  const std::span<double> values(sample->values, sample->count);
  const double place = sample->percent / 100.0 * static_cast<double>(values.size() - 1);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end());
  const double low = *at, share = place - std::floor(place);
  const double high = share == 0.0 ? low : *std::min_element(at + 1, values.end());
  sqlite3_result_double(context, low == high ? low : low + share * (high - low));
  sqlite3_free(sample->values);
  sample->values = nullptr;
}

struct Aggregate {
  const char* name;
  int arguments;
  void (*add)(sqlite3_context*, int, sqlite3_value**);
  void (*give)(sqlite3_context*);
};

constexpr std::array<Aggregate, 6> aggregates = {{
    {"variance", 1, add_to_moments, give_spread<1, false>},
    {"stddev", 1, add_to_moments, give_spread<1, true>},
    {"variance_pop", 1, add_to_moments, give_spread<0, false>},
    {"stddev_pop", 1, add_to_moments, give_spread<0, true>},
    {"median", 1, add_to_median, give_percentile},
    {"percentile", 2, add_to_percentile, give_percentile},
}};

/// Of a run's worker and lease_until.
void is_left(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* worker = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const bool left = worker && is_left_by(worker, sqlite3_value_double(values[1]));
  sqlite3_result_int(context, left ? 1 : 0);
}

}  // namespace

void add_sql_functions(sqlite3* handle) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  for (const Aggregate& a : aggregates) {
    const int result = sqlite3_create_function_v2(handle, a.name, a.arguments, flags,
                                                  const_cast<char*>(a.name), nullptr, a.add, a.give, nullptr);
    if (result != SQLITE_OK) throw SQLite::Exception(handle, result);
  }
  const int result = sqlite3_create_function_v2(handle, "is_left", 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, nullptr,
                                                is_left, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) throw SQLite::Exception(handle, result);
}

}  // namespace ablate
