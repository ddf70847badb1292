#include "exchange/mlflow_keys.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_key = 250;  // what MLflow 3 takes

bool fits(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c < 128 && std::string_view("_-.: /").find(static_cast<char>(c)) != std::string_view::npos);
}

/// Whether it is one path below a folder, written as MLflow wants it.
bool is_path(const std::string& key) {
  const std::filesystem::path path(key);
  return path.is_relative() && !key.ends_with('/') && path.lexically_normal().string() == key && key != "." &&
         !key.starts_with("..");
}

std::string key_of(const std::string& name) {
  std::string key;
  for (std::string_view rest = name; !rest.empty();) {
    const char32_t next = take_code_point(rest);
    key += fits(next) ? static_cast<char>(next) : '_';
  }
  key.resize(std::min(key.size(), longest_key));
  if (is_path(key)) return key;
  std::replace(key.begin(), key.end(), '/', '_');
  if (key.starts_with("..") || key == ".") std::replace(key.begin(), key.end(), '.', '_');
  return key;
}

/// "a" and "a/b" of "a/b/c".
std::vector<std::string> folders_of(const std::string& key) {
  std::vector<std::string> folders;
  for (std::size_t at = key.find('/'); at != std::string::npos; at = key.find('/', at + 1))
    folders.push_back(key.substr(0, at));
  return folders;
}

}  // namespace

bool MlflowKeys::is_free(const std::string& key) const {
  const auto folders = folders_of(key);
  return !files_.contains(key) && !folders_.contains(key) &&
         std::none_of(folders.begin(), folders.end(),
                      [&](const std::string& folder) { return files_.contains(folder); });
}

void MlflowKeys::take(const std::string& key) {
  files_.insert(key);
  for (const std::string& folder : folders_of(key)) folders_.insert(folder);
}

const std::string& MlflowKeys::of(const std::string& name) {
  const auto [known, is_new] = keys_.try_emplace(name);
  std::string& key = known->second;
  if (!is_new) return key;
  std::string plain = key_of(name);
  if (!is_free(plain)) std::replace(plain.begin(), plain.end(), '/', '_');
  key = plain;
  for (int i = 2; !is_free(key); ++i) {
    const std::string number = fmt::format("_{}", i);
    key = plain.substr(0, longest_key - number.size()) + number;
  }
  take(key);
  return key;
}

std::vector<std::string> MlflowKeys::renamed() const {
  std::vector<std::string> texts;
  for (const auto& [name, key] : keys_) {
    if (name != key) texts.push_back(fmt::format("{} as {}", name, key));
  }
  return texts;
}

}  // namespace ablate
