#pragma once
/// SQL functions for statistics, which SQLite lacks. Private to framework/store; people read of them in
/// framework/store/README.md.

struct sqlite3;

namespace ablate {

/// Adds to a connection the aggregates
///   variance(x), stddev(x)            of a sample: over n - 1; NULL below two values
///   variance_pop(x), stddev_pop(x)    of a population: over n; NULL without a value
///   median(x), percentile(x, p)       p from 0 to 100, linear between neighbours, as numpy.percentile does
///                                     (method 7 of Hyndman and Fan 1996, doi 10.2307/2684934)
/// and of a run, is_left(worker, lease_until): 1 where it says it is running and nobody is at work on it.
/// NULL is left out; text, a blob, a p out of bounds or one that differs between rows is an error; a result
/// that is not a number (from infinite values) is NULL. The order of rows changes the last bits of the first
/// four at most. Variance: the update of Welford 1962, doi 10.1080/00401706.1962.10490022.
void add_sql_functions(sqlite3* handle);

}  // namespace ablate
