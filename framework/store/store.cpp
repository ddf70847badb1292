#include "store/store.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "store/store_state.hpp"

namespace ablate {
namespace {

Connection opened(const std::filesystem::path& path, const StoreOptions& options) {
  const auto open = options.must_exist ? open_existing : open_for_writing;
  Connection connection(open(path, options.busy_milliseconds, options.log_pages), path);
  connection.guard([&] {
    connection.database().exec(
        "CREATE TEMP TABLE retry(run_id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL);"
        "CREATE TEMP TABLE put_off(run_id INTEGER PRIMARY KEY, until REAL NOT NULL)");
  });
  return connection;
}

/// The same images with classes of other names are other data: predictions would bear the wrong words.
void check_class_names(Connection& connection, std::int64_t id, const DatasetRecord& dataset) {
  Query query(connection, "SELECT name FROM class_name WHERE dataset_id = ? ORDER BY class");
  query << id;
  std::vector<std::string> names;
  while (query.next()) query >> names.emplace_back();
  if (names.empty() || names == dataset.class_names) return;
  throw RequestError(fmt::format("{} is in {} already with classes of other names", dataset.name,
                                 connection.path().string()),
                     "put the earlier mapping back, or name another file with --db");
}

/// Once a data set, whichever program first brought it.
void put_truth(Connection& connection, std::int64_t id, const DatasetRecord& dataset) {
  if (dataset.labels.empty()) return;
  Query put(connection, "INSERT OR IGNORE INTO truth(dataset_id, classes) VALUES (?, ?)");
  (put << id << dataset.labels).run();
}

}  // namespace

Store::Store(const std::filesystem::path& path, const StoreOptions& options)
    : state_(std::make_unique<State>(
          State{.connection = opened(path, options),
                .clock = options.clock ? options.clock : unix_seconds,
                .steady = options.steady ? options.steady : [watch = Stopwatch()] { return watch.seconds(); },
                .claimed = {},
                .last_commit = {}})) {}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

std::int64_t Store::add_dataset(const DatasetRecord& dataset) {
  Connection& connection = state_->connection;
  return connection.transaction([&]() -> std::int64_t {
    std::int64_t id = 0;
    Query known(connection, "SELECT id FROM dataset WHERE sha256 = ? AND name = ? AND split = ?");
    known << dataset.sha256 << dataset.name << dataset.split;
    if (known.next()) {
      known >> id;
      check_class_names(connection, id, dataset);
      put_truth(connection, id, dataset);
      return id;
    }
    Query insert(connection,
                 "INSERT INTO dataset(name, split, sha256, origin, images, classes, rows, columns, channels) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert << dataset.name << dataset.split << dataset.sha256 << dataset.origin << dataset.images
           << dataset.classes << dataset.rows << dataset.columns << dataset.channels;
    insert.run();
    id = connection.database().getLastInsertRowid();
    Query name(connection, "INSERT INTO class_name(dataset_id, class, name) VALUES (?, ?, ?)");
    for (std::size_t i = 0; i < dataset.class_names.size(); ++i) {
      (name << id << static_cast<std::int64_t>(i) << dataset.class_names[i]).run();
    }
    put_truth(connection, id, dataset);
    return id;
  });
}

std::int64_t Store::add_machine(const MachineRecord& machine) {
  Connection& connection = state_->connection;
  const auto bind = [&](Query& query) {
    query << machine.host << machine.system << machine.processor << machine.cores << machine.memory_bytes
          << machine.blas << machine.blas_core;
  };
  return connection.transaction([&]() -> std::int64_t {
    Query known(connection,
                "SELECT id FROM machine WHERE host = ? AND system = ? AND processor = ? AND cores = ? "
                "AND memory_bytes = ? AND blas = ? AND blas_core = ?");
    bind(known);
    if (known.next()) {
      std::int64_t id = 0;
      known >> id;
      return id;
    }
    Query insert(connection,
                 "INSERT INTO machine(host, system, processor, cores, memory_bytes, blas, blas_core) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?)");
    bind(insert);
    insert.run();
    return connection.database().getLastInsertRowid();
  });
}

}  // namespace ablate
