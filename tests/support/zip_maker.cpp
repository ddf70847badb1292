#include "support/zip_maker.hpp"

#include <archive.h>
#include <archive_entry.h>

#include "base/late_library.hpp"
#include "data/files.hpp"

namespace ablate::test {

namespace {

struct LibArchive {
  LateLibrary library{"libarchive.so.13", "libarchive13"};
  decltype(&archive_write_new) write_new = library["archive_write_new"];
  decltype(&archive_write_set_format_zip) write_set_format_zip = library["archive_write_set_format_zip"];
  decltype(&archive_write_set_bytes_per_block) write_set_bytes_per_block =
      library["archive_write_set_bytes_per_block"];
  decltype(&archive_write_open_memory) write_open_memory = library["archive_write_open_memory"];
  decltype(&archive_write_header) write_header = library["archive_write_header"];
  decltype(&archive_write_data) write_data = library["archive_write_data"];
  decltype(&archive_write_close) write_close = library["archive_write_close"];
  decltype(&archive_write_free) write_free = library["archive_write_free"];
  decltype(&archive_entry_new) entry_new = library["archive_entry_new"];
  decltype(&archive_entry_free) entry_free = library["archive_entry_free"];
  decltype(&archive_entry_set_pathname) entry_set_pathname = library["archive_entry_set_pathname"];
  decltype(&archive_entry_set_filetype) entry_set_filetype = library["archive_entry_set_filetype"];
  decltype(&archive_entry_set_perm) entry_set_perm = library["archive_entry_set_perm"];
  decltype(&archive_entry_set_symlink) entry_set_symlink = library["archive_entry_set_symlink"];
  decltype(&archive_entry_set_size) entry_set_size = library["archive_entry_set_size"];
};

}  // namespace

std::string make_zip(const std::vector<ZipMember>& members) {
  const LibArchive lib;
  std::size_t bound = 1 << 16;
  for (const ZipMember& member : members) bound += 2 * member.content.size() + 4 * member.path.size() + 1024;
  std::string bytes(bound, '\0');
  std::size_t used = 0;
  archive* zip = lib.write_new();
  lib.write_set_format_zip(zip);
  lib.write_set_bytes_per_block(zip, 0);
  lib.write_open_memory(zip, bytes.data(), bytes.size(), &used);
  for (const ZipMember& member : members) {
    archive_entry* entry = lib.entry_new();
    lib.entry_set_pathname(entry, member.path.c_str());
    lib.entry_set_filetype(entry, member.symlink ? AE_IFLNK : AE_IFREG);
    lib.entry_set_perm(entry, 0644);
    if (member.symlink) lib.entry_set_symlink(entry, member.content.c_str());
    if (!member.symlink) lib.entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
    lib.write_header(zip, entry);
    if (!member.symlink) lib.write_data(zip, member.content.data(), member.content.size());
    lib.entry_free(entry);
  }
  lib.write_close(zip);
  lib.write_free(zip);
  bytes.resize(used);
  return bytes;
}

std::vector<ZipMember> emnist_split(const std::string& name) {
  const std::string prefix = "gzip/emnist-" + name + "-";
  return {{prefix + "mapping.txt", "0 48\n1 65\n"},
          {prefix + "train-images-idx3-ubyte.gz", gzipped(idx_images(2, 2, 2, "abcdefgh"))},
          {prefix + "train-labels-idx1-ubyte.gz", gzipped(idx_labels({1, 0}))},
          {prefix + "test-images-idx3-ubyte.gz", gzipped(idx_images(1, 2, 2, "wxyz"))},
          {prefix + "test-labels-idx1-ubyte.gz", gzipped(idx_labels({1}))}};
}

}  // namespace ablate::test
