#include "store/network_disk.hpp"

#include <catch2/catch.hpp>

#include "store/refused.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("file systems of a network are known by the numbers of linux/magic.h and of their clients") {
  CHECK(network_file_system(0x6969) == "NFS");
  CHECK(network_file_system(0xff534d42) == "CIFS");
  CHECK(network_file_system(static_cast<std::int32_t>(0xff534d42)) ==
        "CIFS");  // a 32-bit f_type, sign extended
  CHECK(network_file_system(0x0bd00bd0) == "Lustre");
  CHECK(network_file_system(0x47504653) == "GPFS");
  CHECK(network_file_system(0x00c36400) == "Ceph");
  CHECK(network_file_system(0x19830326) == "BeeGFS");
  CHECK(network_file_system(0xef53).empty());      // ext4
  CHECK(network_file_system(0x01021994).empty());  // tmpfs
}

TEST_CASE(
    "a results file on a network file system is refused with what to do, and one on a local disk is not") {
  const TemporaryFolder folder;
  CHECK_NOTHROW(check_local_disk(folder / "a.db"));
  CHECK(file_system_number(folder / "a.db") == file_system_number(folder.path()));
  const auto lustre = [](const std::filesystem::path&) { return std::int64_t{0x0bd00bd0}; };
  CHECK_THROWS_WITH(check_local_disk("/scratch/a.db", lustre),
                    Catch::Contains("/scratch/a.db is on a network file system (Lustre)") &&
                        Catch::Contains("--db") && Catch::Contains("work folder"));
}
