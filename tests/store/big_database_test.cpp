#include "big_database.hpp"

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a made-up database is sound, has the promised rows, and comes out the same byte for byte",
          "[store]") {
  const Folder folder;
  const BigCount count = make_big_database(folder / "a.db", {1, 4});
  make_big_database(folder / "b.db", {1, 4});
  CHECK(read_file(folder / "a.db", 1 << 26) == read_file(folder / "b.db", 1 << 26));
  CHECK_FALSE(std::filesystem::exists(folder / "a.db.part"));
  CHECK(count.runs == 1000);
  CHECK(row(folder / "a.db", "SELECT count(*) FROM epoch_metric") == std::to_string(count.metric_rows));
  CHECK(count.metric_rows == 992 * 4 * 3 + 6 * 2 * 3);
  CHECK(rows(folder / "a.db", "SELECT status || ' ' || count(*) FROM run GROUP BY status") ==
        std::vector<std::string>{"diverged 2", "done 992", "failed 2", "interrupted 2", "planned 2"});
  CHECK(Reader(folder / "a.db").faults().empty());
  CHECK_THAT(refusal([&] {
               make_big_database(folder / "a.db", {1, 1});
             }),
             Catch::Contains("is there already"));
}
