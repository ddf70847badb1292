#pragma once
/// Whether the rows of a file keep what its schema promises. SQLite asks so only of who writes, and its
/// integrity_check passes over it where the file is opened for reading. Private to framework/store.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

class Connection;

/// The CHECK expressions of the text that makes a table, without their parentheses, in order.
std::vector<std::string> check_expressions(std::string_view create_table);

inline constexpr const char* ask_doctor = "was it changed by hand? `ablate doctor` checks it";

/// Columns of our tables that count from 0 to `highest_count` of them.
inline constexpr std::array count_columns{"attempt", "best_epoch", "class",       "count",
                                          "crashes", "epoch",      "epochs_done", "predicted",
                                          "support", "truth",      "until_epoch"};
std::int64_t highest_count(std::string_view column);

/// Throws RequestError that names run, epoch and metric where that metric cannot have the value.
void check_value(std::int64_t run_id, int epoch, std::string_view split, std::string_view metric,
                 double value);

/// A line for each metric that rows of `schema` ("main", or a file that is attached) hold values of that it cannot have.
std::vector<std::string> impossible_values(Connection& connection, const std::string& schema);

/// A line for each CHECK that rows of the table break, and for each column that holds what its type rules out.
std::vector<std::string> broken_rows(Connection& connection, const std::string& table,
                                     std::string_view create_table);

}  // namespace ablate
