/// Any bytes as a question: they give SQL that SQLite runs, or a RequestError that shows the place.

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "ask/question.hpp"
#include "base/error.hpp"
#include "fuzz/targets.hpp"
#include "store/schema.hpp"
#include "store/sql_functions.hpp"

namespace {

using namespace ablate;

/// Two runs of one variant, with a few epochs.
SQLite::Database small_database() {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  add_sql_functions(database.getHandle());
  migrate(database, ":memory:");
  database.exec(R"sql(
    INSERT INTO study(id, name, question, config, config_sha256, plan_sha256, created_at)
      VALUES (1, 's', 'q', '', '', '', '2026-01-01');
    INSERT INTO variant VALUES (1, 1, 0, 'v', 1, '', '', 10, 20);
    INSERT INTO setting VALUES (1, 'model.hidden', '[64, 32]'), (1, 'model.skip', 'none'), (1, 'model.dropout', 0.5);
    INSERT INTO run(id, uuid, study_id, variant_id, seed, status) VALUES (1, 'a', 1, 1, 1, 'done'), (2, 'b', 1, 1, 2, 'planned');
    INSERT INTO run_metric(run_id, split, epoch, accuracy) VALUES (1, 'test', 2, 0.5);
    INSERT INTO epoch_metric(run_id, split, epoch, accuracy) VALUES (1, 'test', 1, 0.25), (1, 'test', 2, 0.5);
  )sql");
  return database;
}

void run(SQLite::Database& database, const ask::Statement& asked) {
  SQLite::Statement statement(database, asked.sql);
  for (std::size_t i = 0; i < asked.values.size(); ++i) {
    const int index = static_cast<int>(i) + 1;
    const Value& value = asked.values[i];
    if (const auto* whole = std::get_if<std::int64_t>(&value)) statement.bind(index, *whole);
    if (const auto* number = std::get_if<double>(&value)) statement.bind(index, *number);
    if (const auto* text = std::get_if<std::string>(&value)) statement.bind(index, *text);
  }
  while (statement.executeStep()) {
  }
}

/// Runs what the question compiles to. A refusal must show a line with a caret.
template <class Ask>
void try_out(SQLite::Database& database, Ask&& ask) {
  try {
    const auto asked = ask();
    run(database, asked.rows);
    run(database, asked.count);
  } catch (const RequestError& error) {
    const std::string what = error.what();
    const bool shows_place = what.find("\n  ") != std::string::npos && what.find('^') != std::string::npos;
    if (!shows_place) throw std::logic_error("a refusal without a place: " + what);
  }
}

}  // namespace

void ablate::fuzz::where(Bytes bytes) {
  static SQLite::Database database = small_database();
  const std::string text(bytes.begin(), bytes.end());
  if (text.empty()) return;
  const std::string id = "id", none;
  try_out(database, [&] { return ask::ask_runs({{}, text, id, none, 0}); });
  try_out(database, [&] { return ask::ask_runs({{}, none, text, none, 1}); });
  try_out(database, [&] { return ask::ask_runs({{}, none, id, text, 1}); });
  try_out(database, [&] { return ask::ask_groups({{}, none, id, none, 0}, text); });
  try_out(database, [&] { return ask::ask_groups({{}, none, text, text, 0}, "skip"); });
}
