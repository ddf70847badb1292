#include "store/network_disk.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <sys/vfs.h>

#include "base/error.hpp"

namespace ablate {
namespace {

struct NetworkDisk {
  std::uint32_t number;
  const char* name;
};

/// Of linux/magic.h, and of the clients of Lustre, GPFS, BeeGFS and PanFS.
constexpr NetworkDisk network_disks[] = {
    {0x6969, "NFS"},        {0x517b, "SMB"},      {0xff534d42, "CIFS"},    {0xfe534d42, "SMB"},
    {0x0bd00bd0, "Lustre"}, {0x47504653, "GPFS"}, {0x00c36400, "Ceph"},    {0x19830326, "BeeGFS"},
    {0x5346414f, "AFS"},    {0x6b414653, "AFS"},  {0xaad7aaea, "PanFS"},   {0x01161970, "GFS2"},
    {0x7461636f, "OCFS2"},  {0x73757245, "Coda"}, {0x20030528, "OrangeFS"}};

}  // namespace

std::string network_file_system(std::int64_t number) {
  const auto low = static_cast<std::uint32_t>(number);  // some systems extend its sign
  const auto found = std::find_if(std::begin(network_disks), std::end(network_disks),
                                  [&](const NetworkDisk& disk) { return disk.number == low; });
  return found == std::end(network_disks) ? std::string() : found->name;
}

std::int64_t file_system_number(const std::filesystem::path& path) {
  struct statfs found {};
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  if (::statfs(whole.c_str(), &found) == 0 || ::statfs(whole.parent_path().c_str(), &found) == 0)
    return static_cast<std::int64_t>(found.f_type);
  return 0;
}

void check_local_disk(const std::filesystem::path& path,
                      const std::function<std::int64_t(const std::filesystem::path&)>& number) {
  const std::string name = network_file_system(number(path));
  if (name.empty()) return;
  throw RequestError(
      fmt::format("{} is on a network file system ({}), where a database is damaged sooner or later",
                  path.string(), name),
      "name a file on a local disk with --db or ABLATE_DB (under /var/tmp or /tmp, say); the work folder of `ablate run "
      "--slurm` may lie there");
}

}  // namespace ablate
