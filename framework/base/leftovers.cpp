#include "base/leftovers.hpp"

#include <chrono>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// A process of another machine, or of another container, may have this number: what is young stays.
constexpr std::chrono::minutes youngest(10);

/// "123" of "picture.svg.123.tmp"; empty where the name is none of ours.
std::string process_of(const std::string& name) {
  const std::size_t end = name.ends_with(".tmp")    ? name.size() - 4
                          : name.ends_with(".part") ? name.size() - 5
                                                    : 0;
  const std::size_t dot = end == 0 ? std::string::npos : name.rfind('.', end - 1);
  if (dot == std::string::npos) return {};
  const std::string digits = name.substr(dot + 1, end - dot - 1);
  const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? digits : std::string();
}

bool is_left_over(const fs::directory_entry& entry) {
  std::error_code error;
  const std::string process = process_of(entry.path().filename().string());
  if (process.empty() || fs::exists(fs::path("/proc") / process, error)) return false;
  const auto written = entry.last_write_time(error);
  return !error && fs::file_time_type::clock::now() - written > youngest;
}

}  // namespace

fs::path temporary_beside(const fs::path& path) {
  return fmt::format("{}.{}.tmp", path.string(), ::getpid());
}

void remove_leftovers(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (is_left_over(entry)) found.push_back(entry.path());
  }
  for (const fs::path& path : found) fs::remove_all(path, ignored);
}

}  // namespace ablate
