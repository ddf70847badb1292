#include "report/templates.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/suggest.hpp"
#include "text/unicode.hpp"

namespace ablate {

std::span<const EmbeddedFile> chart_files();  // of embed.cmake
namespace {

constexpr std::size_t largest = std::size_t{1} << 20;

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const EmbeddedFile& file : built_in_templates()) all.emplace_back(file.name);
  return all;
}

/// A browser hashes what it parsed: with a line feed for every line's end.
std::string with_line_feeds(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain += '\n';
    }
  }
  return plain;
}

/// What is itself included may include the parts below it alone, so that no text goes in a circle.
bool includes_too_much(const std::string& name, std::string text) {
  std::string_view allowed;
  if (name == "section.md.mustache") {
    allowed = "{{> source_block}}";
  } else if (name == "section.html.mustache") {
    allowed = "{{> evidence}}";
  } else if (name != "source.md.mustache" && name != "evidence.html.mustache") {
    return false;
  }
  for (std::size_t at = text.find(allowed); !allowed.empty() && at != std::string::npos;
       at = text.find(allowed))
    text.erase(at, allowed.size());
  return text.find("{{>") != std::string::npos;
}

void check(const std::filesystem::path& file, const std::string& text) {
  const auto refuse = [&](const std::string& what, const std::string& hint) {
    throw RequestError(Location{file.string()}, what, hint);
  };
  if (valid_utf8(text) != text || text.find('\0') != std::string::npos)
    refuse("this is no UTF-8 text", "save it as UTF-8 without NUL characters");
  if (file.extension() != ".mustache") {
    for (const char* end : {"</", "<!--"}) {
      if (text.find(end) == std::string::npos) continue;
      refuse(fmt::format("'{}' within a script or style could end its element on the page", end),
             "write '<' + '/' in a script, or leave it out");
    }
    return;
  }
  if (includes_too_much(file.filename().string(), text))
    refuse("this template is itself included and includes others", "write out what '{{> ...}}' stands for");
  const kainjow::mustache::mustache parsed{text};
  if (!parsed.is_valid()) {
    refuse("this is not a well-formed template: " + parsed.error_message(),
           "compare it with the file of this name in reports/templates");
  }
}

bool is_aside(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return name == "README.md" || name.starts_with('.');
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::directory_iterator entries(folder, error);
  if (error) {
    throw RequestError(
        fmt::format("cannot read the folder of templates {}: {}", folder.string(), error.message()),
        "--template takes a folder with files such as report.css");
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : entries) {
    if (!is_aside(entry.path())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Templates::Templates() {
  for (const EmbeddedFile& file : built_in_templates()) texts_.emplace(file.name, file.text);
}

Templates::Templates(const std::filesystem::path& folder) : Templates() {
  const auto files = files_of(folder);
  if (files.empty()) {
    throw RequestError(fmt::format("{} has no template", folder.string()), suggestion("", names()));
  }
  for (const auto& file : files) {
    const auto replaced = texts_.find(file.filename().string());
    if (replaced == texts_.end()) {
      throw RequestError(Location{file.string()}, "there is no template of this name",
                         suggestion(file.filename().string(), names()));
    }
    std::string text = with_line_feeds(read_file(file, largest));
    check(file, text);
    replaced->second = std::move(text);
  }
}

const std::string& Templates::text(std::string_view name) const {
  const auto found = texts_.find(name);
  if (found == texts_.end()) throw std::invalid_argument(fmt::format("no template {}", name));
  return found->second;
}

std::string_view chart_script() { return chart_files().front().text; }

}  // namespace ablate
