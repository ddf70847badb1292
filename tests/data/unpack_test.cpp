#include "data/unpack.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "data/emnist_archive.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"
#include "support/zip_maker.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// An archive, and an empty folder beside it to unpack into.
struct Archive {
  TemporaryFolder folder;
  std::filesystem::path file = folder / "gzip.zip", out = folder / "out";
  std::atomic<bool> stop = false;

  explicit Archive(const std::string& bytes) {
    folder.write("gzip.zip", bytes);
    std::filesystem::create_directory(out);
  }

  std::optional<std::set<std::string>> take(const std::set<std::string>& wanted,
                                            const UnpackLimits& limits = {}) {
    return unpack(file, wanted, out, stop, limits);
  }
  std::optional<Dataset> install(const std::string& split) {
    return install_emnist(file, split, out, "from a test", stop);
  }
  bool nothing_written() const {
    return std::filesystem::is_empty(out) &&
           std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2;
  }
};

std::string zip_of_two_splits() {
  std::vector<ZipMember> members = emnist_split("letters");
  for (ZipMember& member : emnist_split("digits")) members.push_back(std::move(member));
  return make_zip(members);
}

}  // namespace

TEST_CASE("only the members asked for are unpacked, by their base names, and all names are told") {
  Archive archive(
      make_zip({{"a/one.txt", "1"}, {"b/deep/two.txt", std::string(500'000, '2')}, {"three.txt", "3"}}));
  CHECK(archive.take({"two.txt"}) == std::set<std::string>{"one.txt", "two.txt", "three.txt"});
  CHECK(read_file(archive.out / "two.txt", 1 << 20) == std::string(500'000, '2'));
  CHECK(std::distance(std::filesystem::directory_iterator(archive.out), {}) == 1);
}

TEST_CASE("a member whose path leads out of the folder is refused, and nothing is written anywhere") {
  const std::string path =
      GENERATE("../x", "a/../../x", "/tmp/x", "..\\x", "a\\..\\..\\x", "C:\\x", "//host/x");
  Archive archive(make_zip({{path, "evil"}}));
  CHECK_THROWS_WITH(archive.take({"x"}),
                    Contains("leads out of the folder") && Contains("do not use this archive"));
  CHECK(archive.nothing_written());
  CHECK(archive.take({"y"}).has_value());  // nobody asked for it: passed over
}

TEST_CASE("a link is refused, and what it points to stays as it is") {
  Archive archive(make_zip({{"x", "/etc/passwd", true}}));
  CHECK_THROWS_WITH(archive.take({"x"}), Contains("it is a link or a device"));
  CHECK(archive.nothing_written());
}

TEST_CASE("a member that stands twice is refused") {
  Archive archive(make_zip({{"a/x", "one"}, {"b/x", "two"}}));
  CHECK_THROWS_WITH(archive.take({"x"}), Contains("member 'b/x': its name appears twice"));
}

TEST_CASE("a bomb is stopped at the limits of a member, of all members, and of their number") {
  Archive bomb(make_zip({{"x", std::string(3'000'000, '\0')}}));
  CHECK(std::filesystem::file_size(bomb.file) < 100'000);
  CHECK_THROWS_WITH(bomb.take({"x"}, {1'000'000, 9'000'000, 9}), Contains("longer than the 1.0 MB"));
  CHECK(bomb.nothing_written());
  const std::string zeros(300'000, '\0');
  Archive many(make_zip({{"x", zeros}, {"y", zeros}, {"z", zeros}}));
  CHECK_THROWS_WITH(many.take({"x", "y", "z"}, {1'000'000, 700'000, 9}),
                    Contains("members are longer than the 700.0 kB"));
  CHECK_THROWS_WITH(many.take({"none"}, {1'000'000, 700'000, 2}), Contains("more than 2 members"));
}

TEST_CASE("a member that says it is short is counted all the same") {
  std::string bytes = make_zip({{"x", std::string(3'000'000, '\0')}});
  const std::string length("\xc0\xc6\x2d\x00", 4);  // 3,000,000 in the directory and behind the data
  for (std::size_t at = bytes.find(length); at != std::string::npos; at = bytes.find(length)) {
    bytes.replace(at, 4, std::string("\x10\x00\x00\x00", 4));
  }
  Archive archive(bytes);
  CHECK_THROWS_AS(archive.take({"x"}, {1'000'000, 9'000'000, 9}), RequestError);
  CHECK(archive.nothing_written());
}

TEST_CASE("a file that is not a zip, is empty, is cut short or is damaged is refused, each with its reason") {
  const std::string good = make_zip({{"x", std::string(100'000, 'x') + "the end"}});
  const auto refusal = [](const std::string& bytes, const std::string& words) {
    Archive archive(bytes);
    CHECK_THROWS_WITH(archive.take({"x"}), Contains(words) && Contains("gzip.zip"));
    CHECK(archive.nothing_written());
  };
  refusal("<html>log in first</html>", "not a zip archive: it begins with '<html>log in first</'...");
  refusal("", "not a zip archive");
  refusal(good.substr(0, good.size() / 2), "truncated");
  std::string damaged = good;
  damaged[100] = static_cast<char>(damaged[100] ^ 0x55);
  refusal(damaged, "member 'x'");
  CHECK_THROWS_WITH(unpack("/nowhere.zip", {"x"}, "/tmp", std::atomic<bool>(false)),
                    Contains("No such file"));
}

TEST_CASE("no cut and no flipped byte of an archive does more than be refused") {
  const std::string good = make_zip({{"gzip/x", std::string(2000, 'x')}, {"y", "short"}});
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    for (const std::string& bytes : {good.substr(0, i), flipped}) {
      Archive archive(bytes);
      try {
        archive.take({"x", "y"});
      } catch (const RequestError&) {
      }
      for (const auto& entry : std::filesystem::directory_iterator(archive.out)) {
        const std::string name = entry.path().filename().string();
        CHECK((name == "x" || name == "y"));
      }
    }
  }
}

TEST_CASE("a full disk stops the unpacking, is named, and leaves nothing half-written") {
  std::vector<ZipMember> members = emnist_split("letters");
  members[1].content.assign(400'000, 'x');
  Archive archive(make_zip(members));
  const FileSizeLimit limit(100'000);
  CHECK_THROWS_WITH(archive.install("letters"), Contains("cannot write") && Contains("File too large"));
  CHECK(archive.nothing_written());
}

TEST_CASE("an EMNIST split is unpacked, loaded once and noted with where it came from") {
  Archive archive(zip_of_two_splits());
  CHECK_FALSE(has_emnist_split(archive.out, "letters"));
  const auto dataset = archive.install("letters");
  REQUIRE(dataset);
  CHECK(dataset->name == "emnist-letters");
  CHECK(dataset->train_images == 2);
  CHECK(dataset->classes == std::vector<std::string>{"0", "A"});
  CHECK(dataset->origin == archive.out.string());
  CHECK(has_emnist_split(archive.out, "letters"));
  CHECK_FALSE(has_emnist_split(archive.out, "digits"));
  CHECK(emnist_provenance(archive.out, "letters") == "from a test");
  CHECK(emnist_provenance(archive.out, "digits").empty());
  CHECK(std::distance(std::filesystem::directory_iterator(archive.out), {}) == 6);
}

TEST_CASE("a split that the archive does not hold whole is answered with those that it holds") {
  Archive archive(zip_of_two_splits());
  CHECK_THROWS_WITH(archive.install("leters"), Contains("emnist-leters-mapping.txt") &&
                                                   Contains("did you mean 'letters'?") &&
                                                   Contains("digits, letters"));
  CHECK(archive.nothing_written());
  std::vector<ZipMember> members = emnist_split("letters");
  members.pop_back();
  Archive lacking(make_zip(members));
  CHECK_THROWS_WITH(lacking.install("letters"),
                    Contains("missing:\n  emnist-letters-test-labels-idx1-ubyte.gz\n  try"));
  Archive other(make_zip({{"x", "y"}}));
  CHECK_THROWS_WITH(other.install("letters"), Contains("this one holds no split"));
}

TEST_CASE("files that cannot be loaded do not get their place") {
  std::vector<ZipMember> members = emnist_split("letters");
  members[1].content = "no IDX file";
  Archive archive(make_zip(members));
  CHECK_THROWS_WITH(archive.install("letters"), Contains("magic number"));
  CHECK(archive.nothing_written());
}

TEST_CASE("what a killed process had unpacked goes with the next installation") {
  Archive archive(zip_of_two_splits());
  write_file(archive.out / ".unpacking-abcdef/half", std::string("x"));
  CHECK(archive.install("letters"));
  CHECK_FALSE(std::filesystem::exists(archive.out / ".unpacking-abcdef"));
}

TEST_CASE("an interrupt while unpacking leaves nothing") {
  Archive archive(zip_of_two_splits());
  archive.stop = true;
  CHECK_FALSE(archive.install("letters"));
  CHECK(archive.nothing_written());
}
