#include "support/zip_maker.hpp"

#include <archive.h>
#include <archive_entry.h>

#include "data/files.hpp"

namespace ablate::test {

std::string make_zip(const std::vector<ZipMember>& members) {
  std::size_t bound = 1 << 16;
  for (const ZipMember& member : members) bound += 2 * member.content.size() + 4 * member.path.size() + 1024;
  std::string bytes(bound, '\0');
  std::size_t used = 0;
  archive* zip = archive_write_new();
  archive_write_set_format_zip(zip);
  archive_write_set_bytes_per_block(zip, 0);
  archive_write_open_memory(zip, bytes.data(), bytes.size(), &used);
  for (const ZipMember& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.path.c_str());
    archive_entry_set_filetype(entry, member.symlink ? AE_IFLNK : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (member.symlink) archive_entry_set_symlink(entry, member.content.c_str());
    if (!member.symlink) archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
    archive_write_header(zip, entry);
    if (!member.symlink) archive_write_data(zip, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(zip);
  archive_write_free(zip);
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
