#include "serve/web_server.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include <microhttpd.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/late_library.hpp"
#include "base/text_value.hpp"
#include "serve/job_queue.hpp"

namespace ablate {

/// A request from its first line to the end of its answer.
struct Exchange {
  std::optional<WebAnswer> answer;  ///< what a job found; written before the connection goes on
  bool is_told = false;             ///< the handler has it
};

namespace {

using Clock = std::chrono::steady_clock;

struct Microhttpd {
  LateLibrary library{"libmicrohttpd.so.12", "libmicrohttpd12"};
  decltype(&MHD_start_daemon) start_daemon = library["MHD_start_daemon"];
  decltype(&MHD_stop_daemon) stop_daemon = library["MHD_stop_daemon"];
  decltype(&MHD_add_connection) add_connection = library["MHD_add_connection"];
  decltype(&MHD_suspend_connection) suspend_connection = library["MHD_suspend_connection"];
  decltype(&MHD_resume_connection) resume_connection = library["MHD_resume_connection"];
  decltype(&MHD_get_connection_info) get_connection_info = library["MHD_get_connection_info"];
  decltype(&MHD_get_connection_values_n) get_connection_values_n = library["MHD_get_connection_values_n"];
  decltype(&MHD_create_response_from_buffer) create_response_from_buffer =
      library["MHD_create_response_from_buffer"];
  decltype(&MHD_add_response_header) add_response_header = library["MHD_add_response_header"];
  decltype(&MHD_queue_response) queue_response = library["MHD_queue_response"];
  decltype(&MHD_destroy_response) destroy_response = library["MHD_destroy_response"];
};

const Microhttpd& microhttpd() {
  static const Microhttpd loaded;
  return loaded;
}

MHD_Result put_parameter(void* parameters, MHD_ValueKind, const char* key, std::size_t key_size,
                         const char* value, std::size_t value_size) {
  static_cast<std::map<std::string, std::string>*>(parameters)
      ->insert_or_assign(std::string(key, key_size), value ? std::string(value, value_size) : std::string());
  return MHD_YES;
}

MHD_Result put_header(void* headers, MHD_ValueKind, const char* key, std::size_t key_size, const char* value,
                      std::size_t value_size) {
  static_cast<std::multimap<std::string, std::string>*>(headers)->emplace(
      lower_case(std::string(key, key_size)), value ? std::string(value, value_size) : std::string());
  return MHD_YES;
}

WebRequest request_of(MHD_Connection* connection, const char* method, const char* path) {
  WebRequest request{method, path, {}, {}};
  microhttpd().get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, put_parameter, &request.parameters);
  microhttpd().get_connection_values_n(connection, MHD_HEADER_KIND, put_header, &request.headers);
  return request;
}

MHD_Result send_answer(MHD_Connection* connection, const WebAnswer& answer) {
  // The library copies what it is given; its parameter is not const for other uses of it.
  MHD_Response* response = microhttpd().create_response_from_buffer(
      answer.body.size(), const_cast<char*>(answer.body.data()), MHD_RESPMEM_MUST_COPY);
  if (!response) return MHD_NO;
  microhttpd().add_response_header(response, "Content-Type", answer.type.c_str());
  for (const auto& [name, value] : answer.headers)
    microhttpd().add_response_header(response, name.c_str(), value.c_str());
  const MHD_Result sent =
      microhttpd().queue_response(connection, static_cast<unsigned>(answer.status), response);
  microhttpd().destroy_response(response);
  return sent;
}

int descriptor_of(MHD_Connection* connection) {
  return microhttpd().get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

void stay_silent(void*, const char*, va_list) {}

}  // namespace

class WebServer::Carrier {
 public:
  Carrier(Listener listener, WebHandler handler, const WebLimits& limits)
      : listener_(std::move(listener)),
        handler_(std::move(handler)),
        limits_(limits),
        wake_(::eventfd(0, EFD_CLOEXEC)) {
    constexpr unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET |
                               MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    daemon_ = microhttpd().start_daemon(
        flags, 0, nullptr, nullptr, &Carrier::handle, this, MHD_OPTION_EXTERNAL_LOGGER, stay_silent, nullptr,
        MHD_OPTION_CONNECTION_LIMIT, static_cast<unsigned>(4 * limits.connections),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.request_bytes, MHD_OPTION_CONNECTION_TIMEOUT,
        static_cast<unsigned>(limits.seconds) + 1, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_CONNECTION, &Carrier::on_connection, this, MHD_OPTION_NOTIFY_COMPLETED,
        &Carrier::on_completed, this, MHD_OPTION_END);
    if (!daemon_ || wake_ < 0) throw std::runtime_error("the system gives no thread for the page");
    jobs_.emplace(limits.jobs, limits.waiting_jobs);
    runaways_.emplace(limits.jobs, limits.waiting_jobs);
    acceptor_ = std::thread([this] { take_connections(); });
  }

  ~Carrier() {
    is_over_ = true;
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake_, &one, sizeof one));
    acceptor_.join();
    jobs_.reset();
    runaways_.reset();
    let_go();
    microhttpd().stop_daemon(daemon_);
    ::close(wake_);
  }
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;

 private:
  struct Open {
    Clock::time_point since;  ///< connected, or its last request was answered
    bool is_busy = false;     ///< a request of it is being answered
  };

  static MHD_Result handle(void* self, MHD_Connection* connection, const char* path, const char* method,
                           const char*, const char*, std::size_t* upload, void** state) {
    // A body is not read: the answer to the request's head ends the connection.
    static_cast<void>(upload);
    return static_cast<Carrier*>(self)->answer(connection, path, method, state);
  }

  static void on_connection(void* self, MHD_Connection* connection, void**,
                            MHD_ConnectionNotificationCode what) {
    auto& carrier = *static_cast<Carrier*>(self);
    const std::lock_guard lock(carrier.mutex_);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
      carrier.open_[descriptor_of(connection)] = {Clock::now()};
    } else {
      carrier.open_.erase(descriptor_of(connection));
      --carrier.held_;
    }
  }

  static void on_completed(void* self, MHD_Connection* connection, void** state, MHD_RequestTerminationCode) {
    auto& carrier = *static_cast<Carrier*>(self);
    delete static_cast<Exchange*>(*state);
    *state = nullptr;
    carrier.set_busy(connection, false);
  }

  void set_busy(MHD_Connection* connection, bool is_busy) {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(descriptor_of(connection));
    if (found != open_.end()) found->second = {Clock::now(), is_busy};
  }

  MHD_Result answer(MHD_Connection* connection, const char* path, const char* method, void** state) {
    auto* exchange = static_cast<Exchange*>(*state);
    if (!exchange) *state = exchange = new Exchange;
    if (exchange->answer) return send_answer(connection, *exchange->answer);
    if (exchange->is_told) return MHD_YES;
    exchange->is_told = true;
    set_busy(connection, true);
    auto told = handler_(request_of(connection, method, path));
    if (const auto* at_once = std::get_if<WebAnswer>(&told)) return send_answer(connection, *at_once);
    suspend(connection);
    auto& job = std::get<WebJob>(told);
    auto& queue = job.may_run_away ? runaways_ : jobs_;
    const bool added = queue->add([this, connection, exchange, work = std::move(job.work)] {
      exchange->answer = work();
      go_on(connection);
    });
    if (!added) {
      exchange->answer = plain_answer(503, "too much is being asked at once");
      go_on(connection);
    }
    return MHD_YES;
  }

  // The library is not called while the lock is held: it calls back with locks of its own.
  void suspend(MHD_Connection* connection) {
    {
      const std::lock_guard lock(mutex_);
      suspended_.push_back(connection);
    }
    microhttpd().suspend_connection(connection);
  }

  void go_on(MHD_Connection* connection) {
    {
      const std::lock_guard lock(mutex_);
      std::erase(suspended_, connection);
    }
    microhttpd().resume_connection(connection);
  }

  /// Of jobs that were dropped, once no job runs any more: the library may not end with them suspended.
  void let_go() {
    for (MHD_Connection* connection : suspended_) {
      ::shutdown(descriptor_of(connection), SHUT_RDWR);
      microhttpd().resume_connection(connection);
    }
    suspended_.clear();
  }

  void take_connections() {
    constexpr int between_looks_milliseconds = 250;
    while (!is_over_) {
      pollfd waited[] = {{listener_.descriptor, POLLIN, 0}, {wake_, POLLIN, 0}};
      ::poll(waited, 2, between_looks_milliseconds);
      if (waited[0].revents & POLLIN) take_one();
      end_late_ones();
    }
  }

  /// The library (0.9.75) locks itself up at its own limit, so it is never led there: what it has not closed yet counts.
  /// In a rush it holds more than it has told of, none of which was asked to go yet.
  void take_one() {
    if (held_ >= 2 * limits_.connections) {
      make_room();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      return;
    }
    sockaddr_storage from = {};
    socklen_t size = sizeof from;
    auto* address = reinterpret_cast<sockaddr*>(&from);
    const int descriptor = ::accept4(listener_.descriptor, address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return;
    if (!make_room()) {
      ::close(descriptor);
      return;
    }
    ++held_;
    if (microhttpd().add_connection(daemon_, descriptor, address, size) != MHD_YES)
      --held_;  // it has closed it
  }

  /// False where every connection is waiting for an answer.
  bool make_room() {
    const std::lock_guard lock(mutex_);
    if (open_.size() < limits_.connections) return true;
    auto oldest = open_.end();
    for (auto one = open_.begin(); one != open_.end(); ++one) {
      if (!one->second.is_busy && (oldest == open_.end() || one->second.since < oldest->second.since))
        oldest = one;
    }
    if (oldest == open_.end()) return false;
    ::shutdown(oldest->first, SHUT_RDWR);
    oldest->second.since = Clock::now();  // it will close by itself; the next one asks another to go
    return true;
  }

  void end_late_ones() {
    const auto patience =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(limits_.seconds));
    const std::lock_guard lock(mutex_);
    for (auto& [descriptor, of] : open_) {
      if (of.is_busy || Clock::now() - of.since < patience) continue;
      ::shutdown(descriptor, SHUT_RDWR);
      of.since = Clock::now();
    }
  }

  Listener listener_;
  WebHandler handler_;
  WebLimits limits_;
  int wake_;
  std::mutex mutex_;
  std::map<int, Open> open_;                ///< by descriptor
  std::atomic<std::size_t> held_ = 0;       ///< by the library: given to it and not closed yet
  std::vector<MHD_Connection*> suspended_;  ///< until their jobs are done
  std::atomic<bool> is_over_ = false;
  std::optional<JobQueue> jobs_, runaways_;
  std::thread acceptor_;
  MHD_Daemon* daemon_ = nullptr;
};

WebServer::WebServer(Listener listener, WebHandler handler, const WebLimits& limits)
    : carrier_(std::make_unique<Carrier>(std::move(listener), std::move(handler), limits)) {}
WebServer::~WebServer() = default;

}  // namespace ablate
