#include "data/download.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/md5.hpp"
#include "data/part_file.hpp"
#include "support/file_size_limit.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Bytes that differ from place to place, so that a wrong rest shows.
std::string content(std::size_t bytes = 300'000) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>((i * 2654435761U) >> 13);
  return text;
}

std::string md5_of(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("bytes", bytes);
  return md5_of_file(folder / "bytes");
}

/// A folder to download into, and what is there afterwards.
struct Target {
  TemporaryFolder folder;
  std::filesystem::path file = folder / "gzip.zip";
  std::atomic<bool> stop = false;

  DownloadResult fetch(const std::string& url, const std::string& md5 = {}) {
    return download({url, file, md5, {}, {}}, stop);
  }
  std::string whole() const { return read_file(file, 1 << 20); }
  std::string part() const { return read_file(folder / "gzip.zip.part", 1 << 20); }
  bool has(const std::string& name) const { return std::filesystem::exists(folder / name); }
  bool is_empty() const { return std::filesystem::is_empty(folder.path()); }
};

/// Serves `whole` as a good server does, but for the first answer, which breaks off after `bytes`.
LoopbackServer::Handler break_first(const std::string& whole, long bytes,
                                    const std::string& etag = "\"v1\"") {
  return [=, first = true](const HttpRequest& request) mutable {
    HttpReply reply = serve_file(whole, etag)(request);
    if (std::exchange(first, false)) reply.break_after = bytes;
    return reply;
  };
}

}  // namespace

TEST_CASE("a download gets its name once it is whole, and reports how far it is") {
  const std::string whole = content();
  const LoopbackServer server(serve_file(whole));
  Target target;
  DownloadProgress last;
  const Download wanted{
      server.url(), target.file, md5_of(whole), [&](const DownloadProgress& p) { last = p; }, {}};
  CHECK(download(wanted, target.stop) == DownloadResult::complete);
  CHECK(target.whole() == whole);
  CHECK(last.bytes == whole.size());
  CHECK(last.total == whole.size());
  CHECK_FALSE(target.has("gzip.zip.part"));
  CHECK_FALSE(target.has("gzip.zip.part.origin"));
}

TEST_CASE(
    "a file that is there with the right MD5 is not asked for again, one with another MD5 is replaced") {
  const std::string whole = content();
  const LoopbackServer server(serve_file(whole));
  Target target;
  target.folder.write("gzip.zip", "something else");
  CHECK(target.fetch(server.url(), md5_of(whole)) == DownloadResult::complete);
  CHECK(target.fetch(server.url(), md5_of(whole)) == DownloadResult::already_there);
  CHECK(target.whole() == whole);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a connection that breaks keeps its part, and the next call asks for the rest alone") {
  const std::string whole = content();
  const LoopbackServer server(break_first(whole, 100'000));
  Target target;
  CHECK_THROWS_WITH(target.fetch(server.url(), md5_of(whole)),
                    Contains("broke off after 100.0 kB of 300.0 kB") &&
                        Contains("run the same command again") && Contains("gzip.zip.part"));
  CHECK(target.part() == whole.substr(0, 100'000));
  CHECK(target.fetch(server.url(), md5_of(whole)) == DownloadResult::complete);
  CHECK(target.whole() == whole);
  const auto requests = server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[1].headers.at("range") == "bytes=100000-");
  CHECK(requests[1].headers.at("if-range") == "\"v1\"");
}

TEST_CASE("a file that changed on the server is downloaded from its beginning") {
  const std::string old = content(), changed = std::string("new") + content(250'000);
  int version = 1;
  const LoopbackServer server([&](const HttpRequest& request) {
    HttpReply reply =
        version == 1 ? serve_file(old, "\"v1\"")(request) : serve_file(changed, "\"v2\"")(request);
    if (version++ == 1) reply.break_after = 100'000;
    return reply;
  });
  Target target;
  CHECK_THROWS_AS(target.fetch(server.url()), RequestError);
  CHECK(target.fetch(server.url()) == DownloadResult::complete);
  CHECK(target.whole() == changed);
}

TEST_CASE("a server without ETag and date is trusted with the rest only of a file of the same length") {
  const std::string old = content(), longer = content(350'000);
  int asked = 0;
  const LoopbackServer server([&](const HttpRequest& request) -> HttpReply {
    const std::string& whole = ++asked == 1 ? old : longer;
    const std::size_t start = request.range_start();
    if (start == 0) return {200, {}, whole, -1, asked == 1 ? 100'000 : -1};
    return {206,
            {fmt::format("Content-Range: bytes {}-{}/{}", start, whole.size() - 1, whole.size())},
            whole.substr(start)};
  });
  Target target;
  CHECK_THROWS_AS(target.fetch(server.url()), RequestError);
  CHECK(target.fetch(server.url()) == DownloadResult::complete);
  CHECK(target.whole() == longer);
  CHECK(server.requests().size() == 3);
}

TEST_CASE("a server that cannot send a rest, sends another rest, or refuses it, sends everything anew") {
  const std::string whole = content();
  const auto on_rest =
      GENERATE(HttpReply{200, {}, content()},
               HttpReply{206, {"Content-Range: bytes 5-299999/300000"}, content().substr(5)},
               HttpReply{206, {}, content().substr(100'000)},
               HttpReply{206, {"Content-Range: bytes nonsense"}, "x"}, HttpReply{416, {}, "no"});
  const LoopbackServer server([=, first = true](const HttpRequest& request) mutable -> HttpReply {
    if (request.range_start() > 0) return on_rest;
    return {200, {}, whole, -1, std::exchange(first, false) ? 100'000 : -1};
  });
  Target target;
  CHECK_THROWS_AS(target.fetch(server.url()), RequestError);
  CHECK(target.fetch(server.url(), md5_of(whole)) == DownloadResult::complete);
  CHECK(target.whole() == whole);
}

TEST_CASE("a part that was begun from another address is not gone on with") {
  const LoopbackServer server([](const HttpRequest& request) -> HttpReply {
    if (request.path == "/a") return {200, {}, content(), -1, 100'000};
    return serve_file(std::string(200'000, 'b'))(request);
  });
  Target target;
  CHECK_THROWS_AS(target.fetch(server.url("/a")), RequestError);
  CHECK(target.fetch(server.url("/b")) == DownloadResult::complete);
  CHECK(target.whole() == std::string(200'000, 'b'));
}

TEST_CASE("a Content-Length that is too long is a broken download, one that is too short a wrong checksum") {
  const std::string whole = content();
  const long claimed = GENERATE(299'999L, 400'000L);
  const LoopbackServer server([&](const HttpRequest&) -> HttpReply { return {200, {}, whole, claimed}; });
  Target target;
  CHECK_THROWS_WITH(target.fetch(server.url(), md5_of(whole)),
                    Contains(claimed > 300'000 ? "broke off after 300.0 kB of 400.0 kB"
                                               : "and " + md5_of(whole) + " was expected"));
  CHECK_FALSE(target.has("gzip.zip"));
}

TEST_CASE("a wrong checksum names both sums and leaves nothing") {
  const LoopbackServer server(serve_file("not what was expected"));
  Target target;
  const std::string expected = "58c8d27c78d21e728a6bc7b3cc06412e";
  CHECK_THROWS_WITH(
      target.fetch(server.url(), expected),
      Contains("came with MD5 " + md5_of("not what was expected")) && Contains(expected + " was expected"));
  CHECK(target.is_empty());
}

TEST_CASE("an answer that is not a file is named by its status and leaves nothing") {
  const auto [status, words] = GENERATE(table<int, std::string>({{404, "404 (not found)"},
                                                                 {403, "403 (not allowed)"},
                                                                 {500, "500 (the server's fault"},
                                                                 {204, "204 (no file)"}}));
  const LoopbackServer server([status = status](const HttpRequest&) -> HttpReply {
    return {status, {}, status == 204 ? "" : "an error page"};
  });
  Target target;
  CHECK_THROWS_WITH(target.fetch(server.url()),
                    Contains("the server answers " + words) && Contains("mirror"));
  CHECK(target.is_empty());
}

TEST_CASE("redirects are followed, but not in a circle, and not to files of this machine") {
  const LoopbackServer server([](const HttpRequest& request) -> HttpReply {
    if (request.path == "/file") return serve_file("the file")(request);
    if (request.path == "/away") return {302, {"Location: file:///etc/passwd"}};
    return {302, {request.path == "/loop" ? "Location: /loop" : "Location: /file"}};
  });
  Target target;
  CHECK_THROWS_WITH(target.fetch(server.url("/loop")), Contains("leads on more than 5 times"));
  CHECK_THROWS_AS(target.fetch(server.url("/away")), RequestError);
  CHECK(target.is_empty());
  CHECK(target.fetch(server.url("/first")) == DownloadResult::complete);
  CHECK(target.whole() == "the file");
}

TEST_CASE(
    "a network that is not there, a host without a name and an address of another kind are each said "
    "plainly") {
  Target target;
  CHECK_THROWS_WITH(target.fetch(dead_url()),
                    Contains("cannot download http://127.0.0.1") && Contains("onnect"));
  CHECK_THROWS_WITH(target.fetch("http://" + std::string(64, 'a') + ".invalid/x"),
                    Contains("resolve host") && Contains("mirror"));
  CHECK_THROWS_WITH(target.fetch("file:///etc/passwd"), Contains("http://"));
  CHECK_THROWS_WITH(target.fetch("http://127.0.0.1/a b\n"), Contains("holds spaces"));
  CHECK(target.is_empty());
}

TEST_CASE("a server that speaks no TLS is not talked to by https") {
  const LoopbackServer server(serve_file("plain"));
  Target target;
  CHECK_THROWS_AS(target.fetch("https" + server.url().substr(4)), RequestError);
  CHECK(target.is_empty());
}

TEST_CASE("a server that falls silent is given up, and its part is kept") {
  const LoopbackServer server(
      [](const HttpRequest&) -> HttpReply { return {200, {}, content(), -1, 100'000, true}; });
  Target target;
  Download wanted{server.url(), target.file, {}, {}, {}};
  wanted.limits.stall_seconds = 1;
  CHECK_THROWS_WITH(download(wanted, target.stop), Contains("bytes came in 1 seconds"));
  CHECK(target.part().size() == 100'000);
}

TEST_CASE("an interrupt ends the download and keeps its part, with which the next call goes on") {
  const std::string whole = content();
  const LoopbackServer server([&, first = true](const HttpRequest& request) mutable {
    HttpReply reply = serve_file(whole)(request);
    if (std::exchange(first, false)) reply.break_after = 100'000, reply.hang = true;
    return reply;
  });
  Target target;
  const Download wanted{server.url(),
                        target.file,
                        md5_of(whole),
                        [&](const DownloadProgress& progress) { target.stop = progress.bytes == 100'000; },
                        {}};
  CHECK(download(wanted, target.stop) == DownloadResult::interrupted);
  CHECK(target.part() == whole.substr(0, 100'000));
  target.stop = false;
  CHECK(download(wanted, target.stop) == DownloadResult::complete);
  CHECK(target.whole() == whole);
}

TEST_CASE("a part that is whole but was never given its name costs no request") {
  const std::string whole = content(1000);
  Target target;
  {
    PartFile part(target.file, "http://127.0.0.1:1/x");
    part.restart({"http://127.0.0.1:1/x", "", "", 1000});
    part.append(whole);
  }
  CHECK(target.fetch("http://127.0.0.1:1/x", md5_of(whole)) == DownloadResult::complete);
  CHECK(target.whole() == whole);
}

TEST_CASE(
    "a file that grows while it is written is stopped at the limit of this process, and the part goes on "
    "later") {
  const std::string whole = content();
  const LoopbackServer server(serve_file(whole));
  Target target;
  {
    const FileSizeLimit limit(150'000);
    CHECK_THROWS_WITH(
        target.fetch(server.url()),
        Contains("gzip.zip.part: File too large (after 150.0 kB)") && Contains("the part is kept"));
  }
  CHECK(target.part() == whole.substr(0, 150'000));
  CHECK(target.fetch(server.url()) == DownloadResult::complete);
  CHECK(target.whole() == whole);
}

TEST_CASE("a full disk is named") {
  const LoopbackServer server(serve_file(content()));
  Target target;
  std::filesystem::create_symlink("/dev/full", target.folder / "gzip.zip.part");
  CHECK_THROWS_WITH(target.fetch(server.url()), Contains("gzip.zip.part: No space left on device"));
  CHECK_FALSE(target.has("gzip.zip"));
}

TEST_CASE("a file for which the disk has no room is refused before a byte of it is written") {
  const LoopbackServer server([](const HttpRequest&) -> HttpReply { return {200, {}, "x", 1L << 60}; });
  Target target;
  Download wanted{server.url(), target.file, {}, {}, {}};
  wanted.limits.bytes = std::uint64_t{1} << 61;
  CHECK_THROWS_WITH(download(wanted, target.stop),
                    Contains("more are needed") && Contains("No space left on device"));
  CHECK(target.is_empty());
}

TEST_CASE("a file that is longer than the limit is refused, whether or not its length is told") {
  const long claimed = GENERATE(-1L, -2L);
  const LoopbackServer server([=](const HttpRequest&) -> HttpReply { return {200, {}, content(), claimed}; });
  Target target;
  Download wanted{server.url(), target.file, {}, {}, {}};
  wanted.limits.bytes = 100'000;
  CHECK_THROWS_WITH(download(wanted, target.stop), Contains("longer than the 100.0 kB"));
  CHECK_FALSE(target.has("gzip.zip"));
}

TEST_CASE("two processes do not write the same part") {
  Target target;
  const PartFile first(target.file, "http://127.0.0.1/x");
  CHECK_THROWS_WITH(PartFile(target.file, "http://127.0.0.1/x"),
                    Contains("being downloaded by another process"));
}

TEST_CASE("an origin that was tampered with does no more than begin anew") {
  const LoopbackServer server(serve_file(content()));
  const std::string origin =
      GENERATE(std::string("\n\n\n\n"), std::string(5000, 'x'), std::string("\xff\0\x01", 3));
  Target target;
  target.folder.write("gzip.zip.part", "some bytes");
  target.folder.write("gzip.zip.part.origin", origin);
  CHECK(target.fetch(server.url()) == DownloadResult::complete);
  CHECK(target.whole() == content());
}

TEST_CASE("messages and notes do not show the password that an address holds") {
  CHECK(without_password("https://me:secret@host/a@b?c") == "https://host/a@b?c");
  CHECK(without_password("https://host/a@b") == "https://host/a@b");
  CHECK(without_password("https://me@host") == "https://host");
}

TEST_CASE("MD5 sums are those of RFC 1321") {
  CHECK(md5_of("") == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(md5_of("message digest") == "f96b697d7cb7938d525a2f31aaf161d0");
}
