#include <cstdlib>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "base/md5.hpp"
#include "cli/command.hpp"
#include "cli/download_progress.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"
#include "support/zip_maker.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

struct Said {
  int code;
  std::string out, err;
};

Said ablate_says(const std::vector<std::string>& words, bool terminal = false) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in, {.at_err = terminal, .draws = terminal}};
  const int code = run_program(words, console);
  return {code, out.str(), err.str()};
}

/// A home folder of its own, and a server with an archive of one split.
struct Home {
  TemporaryFolder folder;
  std::string old_home = std::getenv("HOME") ? std::getenv("HOME") : "";
  std::string zip = make_zip(emnist_split("balanced")), md5;
  LoopbackServer server{serve_file(zip)};
  std::filesystem::path cache = folder / ".cache/ablate/emnist";

  Home() {
    ::setenv("HOME", folder.text().c_str(), 1);
    folder.write("zip", zip);
    md5 = md5_of_file(folder / "zip");
  }
  ~Home() { ::setenv("HOME", old_home.c_str(), 1); }

  Said fetch(std::vector<std::string> more = {}, bool terminal = false) const {
    std::vector<std::string> words = {"data", "fetch", "emnist", "--from", server.url()};
    words.insert(words.end(), more.begin(), more.end());
    return ablate_says(words, terminal);
  }
};

}  // namespace

TEST_CASE(
    "fetch emnist downloads, checks, unpacks and loads a split, says what came, and takes the archive away") {
  const Home home;
  const Said said = home.fetch({"--md5", home.md5});
  CAPTURE(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(
      said.out,
      Contains("emnist-balanced: 2 training and 1 test images of 2 x 2 pixels, 2 classes\ntrain sha256 ") &&
          Contains("folder " + home.cache.string()));
  CHECK_THAT(said.err, Contains(home.server.url() + " -> ") && Contains("unpacking and checking"));
  CHECK(std::filesystem::exists(home.cache / "emnist-balanced-mapping.txt"));
  CHECK_FALSE(std::filesystem::exists(home.cache / "gzip.zip"));

  const Said again = home.fetch({"--md5", home.md5});
  CHECK(again.code == exit_done);
  CHECK_THAT(again.err, Contains("emnist-balanced is already there"));
  CHECK(home.server.requests().size() == 1);
}

TEST_CASE("data list tells how much is there, and where it came from; hashes on request") {
  const Home home;
  REQUIRE(home.fetch({"--md5", home.md5}).code == exit_done);
  const std::string listed = ablate_says({"data", "list", "--format", "csv"}).out;
  CHECK_THAT(listed,
             Contains("source,split,present,train_images,test_images,classes,pixels,place,came_from,"));
  CHECK_THAT(listed, Contains("glyphs,\"\",yes,20000,4000,47,28 x 28,"));
  CHECK_THAT(listed, Contains("emnist,balanced,yes,2,1,2,2 x 2," + home.cache.string() + ",\"" +
                              home.server.url() + " (MD5 " + home.md5) ||
                         Contains("emnist,balanced,yes,2,1,2,2 x 2," + home.cache.string() + "," +
                                  home.server.url() + " (MD5 " + home.md5));
  CHECK_THAT(listed, !Contains("sha256"));
  const Said emnist = ablate_says({"data", "list", "emnist", "--format", "json"});
  CHECK_THAT(emnist.out, Contains("\"train_sha256\": \"") && !Contains("glyphs"));

  write_file(home.cache / "emnist-balanced-test-labels-idx1-ubyte.gz", "broken");
  const Said damaged = ablate_says({"data", "list", "emnist"});
  CHECK(damaged.code == exit_done);
  CHECK_THAT(damaged.out,
             Contains("damaged") && Contains("emnist-balanced-test-labels-idx1-ubyte.gz: byte 0"));
  CHECK_THAT(ablate_says({"data", "list", "emnits"}).err, Contains("did you mean 'emnist'?"));
}

TEST_CASE("fetch emnist keeps the archive on request, and an archive at hand needs no network") {
  const Home home;
  const std::string to = (home.folder / "else where").string();
  const Said said = home.fetch({"--md5", home.md5, "--to", to, "--keep-archive"});
  CHECK_THAT(said.err, Contains("the archive is kept: " + to + "/gzip.zip"));
  std::filesystem::remove(to + "/emnist-balanced-mapping.txt");
  CHECK(home.fetch({"--md5", home.md5, "--to", to}).code == exit_done);
  CHECK(std::filesystem::exists(to + "/gzip.zip"));
  CHECK(home.server.requests().size() == 1);
}

TEST_CASE("a failed fetch says why, exits with 2 and leaves no data set") {
  const Home home;
  const Said wrong = home.fetch({"--md5", std::string(32, '0')});
  CHECK(wrong.code == exit_wrong_request);
  CHECK_THAT(wrong.err, Contains(home.md5) && Contains(std::string(32, '0')));
  const Said absent = home.fetch({"--md5", "none", "--split", "letters"});
  CHECK(absent.code == exit_wrong_request);
  CHECK_THAT(absent.err, Contains("split 'letters' is not whole in there") && Contains("choices: balanced"));
  CHECK(std::filesystem::is_empty(home.cache));
}

TEST_CASE("what fetch cannot do is refused before anything is asked of the network") {
  const Home home;
  const auto refused = [&](const std::vector<std::string>& more, const std::string& words) {
    const Said said = home.fetch(more);
    CAPTURE(said.err);
    CHECK(said.code == exit_wrong_request);
    CHECK_THAT(said.err, Contains(words));
  };
  refused({}, "--md5 SUM, or --md5 none");
  refused({"--md5", "abc"}, "32 hexadecimal digits");
  refused({"--md5", "none", "--split", "../../x"}, "cannot be part of a file's name");
  CHECK_THAT(ablate_says({"data", "fetch", "emnist", "--split", "balancd"}).err,
             Contains("did you mean 'balanced'?"));
  CHECK_THAT(ablate_says({"data", "fetch", "emnits"}).err, Contains("did you mean 'emnist'?"));
  CHECK_THAT(ablate_says({"data", "fetch", "glyphs"}).err, Contains("glyphs is not something to fetch"));
  CHECK_THAT(ablate_says({"data", "fetch", "fashion_mnist", "--split", "x"}).err, Contains("are of emnist"));
  CHECK(home.server.requests().empty());
}

TEST_CASE("a download shows a bar on a terminal and plain lines elsewhere") {
  CHECK(progress_text({}) == "0 bytes");
  CHECK(progress_text({56'200'000, 561'800'000, 12'300'000.0}) ==
        "56.2 MB of 561.8 MB, 12.3 MB/s, about 41.1 s left");
  CHECK(progress_text({56'200'000, {}, 0.0}) == "56.2 MB");
  const auto shown = [](bool terminal) {
    std::ostringstream out, err;
    std::istringstream in;
    Console console{out, err, in, {.at_err = terminal, .draws = terminal}};
    DownloadDisplay display(console);
    for (std::uint64_t bytes = 0; bytes <= 1000; bytes += 10) display.show({bytes, 1000, 0.0});
    return err.str();
  };
  const std::string lines = shown(false);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 10);
  CHECK_THAT(lines, Contains("100 bytes of 1.0 kB\n200 bytes of 1.0 kB\n"));
  CHECK_THAT(shown(true), Contains("\r\x1b[K[########################] 1.0 kB of 1.0 kB"));
}
