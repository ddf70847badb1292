#pragma once
/// Whether the rows of a file keep what its schema promises. SQLite asks so only of who writes, and its
/// integrity_check passes over it where the file is opened for reading. Private to framework/store.

#include <string>
#include <string_view>
#include <vector>

namespace ablate {

class Connection;

/// The CHECK expressions of the text that makes a table, without their parentheses, in order.
std::vector<std::string> check_expressions(std::string_view create_table);

/// A line for each CHECK that rows of the table break, and for each column that holds what its type rules out.
std::vector<std::string> broken_rows(Connection& connection, const std::string& table,
                                     std::string_view create_table);

}  // namespace ablate
