#include "data/transfer.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/build_info.hpp"
#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/late_library.hpp"
#include "base/text_value.hpp"
#include "base/time.hpp"

namespace ablate {
namespace {

constexpr double slowest_bytes_per_second = 100.0;
constexpr const char* other_address = "check the network and the address, or name a mirror (--from URL)";

/// libcurl and its own state, made before its first use and kept to the program's end.
struct Curl {
  LateLibrary library{"libcurl.so.4", "libcurl4"};
  decltype(&curl_global_init) global_init = library["curl_global_init"];
  decltype(&curl_global_cleanup) global_cleanup = library["curl_global_cleanup"];
  decltype(&curl_easy_init) easy_init = library["curl_easy_init"];
  decltype(&curl_easy_cleanup) easy_cleanup = library["curl_easy_cleanup"];
  decltype(&curl_easy_setopt) easy_setopt = library["curl_easy_setopt"];
  decltype(&curl_easy_getinfo) easy_getinfo = library["curl_easy_getinfo"];
  decltype(&curl_easy_header) easy_header = library["curl_easy_header"];
  decltype(&curl_easy_perform) easy_perform = library["curl_easy_perform"];
  decltype(&curl_easy_strerror) easy_strerror = library["curl_easy_strerror"];
  decltype(&curl_slist_append) slist_append = library["curl_slist_append"];
  decltype(&curl_slist_free_all) slist_free_all = library["curl_slist_free_all"];

  Curl() { global_init(CURL_GLOBAL_DEFAULT); }
  ~Curl() { global_cleanup(); }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;
};

const Curl& curl() {
  static const Curl loaded;
  return loaded;
}

/// "bytes 1000-1999/2000", the Content-Range of a rest (RFC 9110, section 14.4).
struct ContentRange {
  std::uint64_t first = 0;
  std::optional<std::uint64_t> total;  // nothing for "*"
};

std::optional<ContentRange> parse_content_range(std::string_view text) {
  const std::size_t dash = text.find('-'), slash = text.find('/');
  if (!text.starts_with("bytes ") || dash == text.npos || slash == text.npos || slash < dash)
    return std::nullopt;
  const auto first = number_of<std::uint64_t>(text.substr(6, dash - 6));
  if (!first) return std::nullopt;
  return ContentRange{*first, number_of<std::uint64_t>(text.substr(slash + 1))};
}

const char* meaning(long status) {
  switch (status) {
    case 401:
    case 403:
      return "not allowed";
    case 404:
    case 410:
      return "not found";
    case 429:
      return "too many requests: wait";
    default:
      return status >= 500 ? "the server's fault: try later" : "no file";
  }
}

class Transfer {
 public:
  Transfer(const Download& wanted, PartFile& part, const std::atomic<bool>& stop)
      : wanted_(wanted), part_(part), stop_(stop), asked_from_(part.size()) {
    handle_.reset(curl().easy_init());
    if (!handle_) throw std::bad_alloc();
    set_up_connection();
    set_up_request();
  }

  TransferEnd run() {
    const CURLcode result = curl().easy_perform(handle_.get());
    if (failure_) std::rethrow_exception(failure_);
    if (unusable_rest_ || (status() == 416 && asked_from_ > 0)) return TransferEnd::unusable_rest;
    if (stop_) return TransferEnd::interrupted;
    if (result != CURLE_OK) fail(result);
    if (!begun_) begin();  // an answer without a body
    return TransferEnd::complete;
  }

 private:
  struct Free {
    void operator()(CURL* handle) const { curl().easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl().slist_free_all(list); }
  };

  template <class Value>
  void set(CURLoption option, Value value) {
    curl().easy_setopt(handle_.get(), option, value);
  }

  void set_up_connection() {
    const bool secure = wanted_.url.starts_with("https:");
    set(CURLOPT_URL, wanted_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, wanted_.limits.redirects);
    set(CURLOPT_CONNECTTIMEOUT, wanted_.limits.connect_seconds);
    set(CURLOPT_FAILONERROR, 1L);
    set(CURLOPT_ERRORBUFFER, error_.data());
    agent_ = fmt::format("ablate/{}", version());
    set(CURLOPT_USERAGENT, agent_.c_str());
  }

  void set_up_request() {
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    if (asked_from_ == 0) return;
    range_ = fmt::format("{}-", asked_from_);
    set(CURLOPT_RANGE, range_.c_str());
    const std::string validator = part_.origin().validator();
    if (validator.empty()) return;
    headers_.reset(curl().slist_append(nullptr, fmt::format("If-Range: {}", validator).c_str()));
    set(CURLOPT_HTTPHEADER, headers_.get());
  }

  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    const bool taken = static_cast<Transfer*>(self)->guarded([&](Transfer& transfer) {
      transfer.take({bytes, size * count});
      return !transfer.unusable_rest_;
    });
    return taken ? size * count : CURL_WRITEFUNC_ERROR;
  }

  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(self)->guarded([](Transfer& transfer) { return transfer.go_on(); }) ? 0 : 1;
  }

  /// No exception may pass through libcurl's frames: it waits in `failure_`, and the transfer is told to end.
  template <class Action>
  bool guarded(const Action& action) noexcept {
    try {
      return action(*this);
    } catch (...) {
      failure_ = std::current_exception();
      return false;
    }
  }

  bool go_on() {
    if (stop_) return false;
    check_pace();
    if (!begun_ || !wanted_.on_progress) return true;
    curl_off_t speed = 0;
    curl().easy_getinfo(handle_.get(), CURLINFO_SPEED_DOWNLOAD_T, &speed);
    wanted_.on_progress({part_.size(), part_.origin().total, static_cast<double>(speed)});
    return true;
  }

  /// libcurl's own check looks at a mean of seconds past, and so is late by them.
  void check_pace() {
    if (pace_watch_.seconds() < static_cast<double>(wanted_.limits.stall_seconds)) return;
    const double seconds = pace_watch_.restart();
    const auto came = static_cast<double>(bytes_taken_ - bytes_at_last_check_);
    bytes_at_last_check_ = bytes_taken_;
    if (came >= slowest_bytes_per_second * seconds) return;
    refuse_broken(fmt::format("{:.0f} bytes came in {:.0f} seconds", came, seconds));
  }

  void take(std::span<const char> bytes) {
    if (!begun_) begin();
    if (unusable_rest_) return;
    if (part_.size() + bytes.size() > wanted_.limits.bytes) refuse_length();
    part_.append(bytes);
    bytes_taken_ += bytes.size();
  }

  /// The answer's head is there: is its body the whole file, the rest that was asked for, or neither?
  void begin() {
    begun_ = true;
    const auto range = parse_content_range(header("Content-Range"));
    if (status() == 200) {
      part_.restart(origin_of_answer());
    } else if (status() == 206 && asked_from_ > 0) {
      const auto& total = part_.origin().total;
      const bool fits =
          range && range->first == asked_from_ && range->total && (!total || range->total == total);
      unusable_rest_ = !fits;
    } else {
      refuse_status();
    }
    if (!unusable_rest_ && part_.origin().total) check_room(*part_.origin().total);
  }

  PartOrigin origin_of_answer() const {
    curl_off_t length = -1;
    curl().easy_getinfo(handle_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    PartOrigin origin{wanted_.url, header("ETag"), header("Last-Modified"), {}};
    if (length >= 0) origin.total = static_cast<std::uint64_t>(length);
    return origin;
  }

  void check_room(std::uint64_t total) const {
    if (total > wanted_.limits.bytes) refuse_length();
    std::error_code error;
    const auto space = std::filesystem::space(part_.path().parent_path(), error);
    const std::uint64_t needed = total - std::min(total, part_.size());
    if (error || space.available >= needed) return;
    throw RequestError(
        fmt::format("{}: {} more are needed, and the disk has {} free: No space left on device",
                    part_.path().string(), bytes_text(needed), bytes_text(space.available)),
        "free space there and run the same command again, or name another folder");
  }

  long status() const {
    long code = 0;
    curl().easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

  std::string header(const char* name) const {
    curl_header* found = nullptr;
    constexpr int last_answer = -1;
    const bool there =
        curl().easy_header(handle_.get(), name, 0, CURLH_HEADER, last_answer, &found) == CURLHE_OK;
    return there ? found->value : "";
  }

  std::string shown() const { return without_password(wanted_.url); }

  [[noreturn]] void refuse_length() const {
    throw RequestError(
        fmt::format("{} is longer than the {} that are taken", shown(), bytes_text(wanted_.limits.bytes)),
        "check the address");
  }

  [[noreturn]] void refuse_status() const {
    throw RequestError(
        fmt::format("cannot download {}: the server answers {} ({})", shown(), status(), meaning(status())),
        other_address);
  }

  [[noreturn]] void fail(CURLcode result) const {
    const char* words = error_[0] != '\0' ? error_.data() : curl().easy_strerror(result);
    switch (result) {
      case CURLE_HTTP_RETURNED_ERROR:
        refuse_status();
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE:
        throw RequestError(fmt::format("cannot trust the server of {}: {}", shown(), words),
                           "apt-get install ca-certificates, and check this machine's clock");
      case CURLE_TOO_MANY_REDIRECTS:
        throw RequestError(
            fmt::format("cannot download {}: it leads on more than {} times (a loop of redirects)", shown(),
                        wanted_.limits.redirects),
            other_address);
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_URL_MALFORMAT:
        throw RequestError(fmt::format("cannot download {}: {}", shown(), words),
                           "an address of http:// or https://");
      default:
        break;
    }
    refuse_broken(words);
  }

  [[noreturn]] void refuse_broken(const std::string& why) const {
    if (!begun_ && part_.size() == 0) {
      throw RequestError(fmt::format("cannot download {}: {}", shown(), why), other_address);
    }
    const auto& total = part_.origin().total;
    throw RequestError(
        fmt::format("the download of {} broke off after {}{}: {}", shown(), bytes_text(part_.size()),
                    total ? fmt::format(" of {}", bytes_text(*total)) : "", why),
        fmt::format("run the same command again: it goes on from {}", part_.path().string()));
  }

  const Download& wanted_;
  PartFile& part_;
  const std::atomic<bool>& stop_;
  const std::uint64_t asked_from_;
  std::unique_ptr<CURL, Free> handle_;
  std::unique_ptr<curl_slist, Free> headers_;
  std::string agent_, range_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::exception_ptr failure_;
  Stopwatch pace_watch_;
  std::uint64_t bytes_taken_ = 0, bytes_at_last_check_ = 0;
  bool begun_ = false;
  bool unusable_rest_ = false;
};

}  // namespace

TransferEnd transfer(const Download& wanted, PartFile& part, const std::atomic<bool>& stop) {
  return Transfer(wanted, part, stop).run();
}

}  // namespace ablate
