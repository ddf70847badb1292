#include "runner/program_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <fnmatch.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "config/command_line.hpp"
#include "train/devices.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_code_file = 64u << 20;
constexpr std::size_t most_files = 10'000;

fs::path work_folder(const Study& study) { return study.folder.empty() ? fs::path(".") : study.folder; }

/// Files below `folder` that the pattern names, relative to it; "**" stands for folders too.
void add_matches(const fs::path& folder, const std::string& pattern, std::set<std::string>& files) {
  std::error_code missing;
  if (fs::is_regular_file(folder / pattern, missing)) {
    files.insert(pattern);
    return;
  }
  const std::size_t before = files.size();
  const bool deep = pattern.find("**") != std::string::npos;
  const auto depth = std::count(pattern.begin(), pattern.end(), '/');
  std::error_code error;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(folder, options, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!deep && entry.depth() >= depth) entry.disable_recursion_pending();
    const std::string name = entry->path().lexically_relative(folder).generic_string();
    if (::fnmatch(pattern.c_str(), name.c_str(), deep ? 0 : FNM_PATHNAME) != 0) continue;
    if (entry->is_regular_file(error)) files.insert(name);
    if (files.size() > most_files)
      throw RequestError(fmt::format("trainer.code: '{}' matches more than {} files", pattern, most_files));
  }
  if (files.size() > before) return;
  throw RequestError(fmt::format("trainer.code: no file in {} matches '{}'",
                                 fs::absolute(folder).lexically_normal().string(), pattern),
                     "patterns are relative to the study file: \"*.py\", \"src/**/*.py\"");
}

std::set<std::string> code_files(const Study& study) {
  const TrainerSettings& trainer = *study.trainer();
  const fs::path folder = work_folder(study);
  std::set<std::string> files;
  for (const std::string& pattern : trainer.code) add_matches(folder, pattern, files);
  if (!trainer.code.empty()) return files;
  for (const std::string& word : trainer.command) {
    std::error_code error;
    if (fs::is_regular_file(folder / word, error)) files.insert(word);
  }
  return files;
}

bool is_program(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

bool is_in_path(const std::string& name) {
  const char* variable = std::getenv("PATH");
  const std::string path = variable ? variable : "/usr/local/bin:/usr/bin:/bin";
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    if (is_program(fs::path(path.substr(begin, end - begin)) / name)) return true;
    begin = end + 1;
  }
  return false;
}

/// The interpreter that the first line of a script names ("#!/bin/sh -e"); empty: it is no script.
std::string interpreter_of(const fs::path& program) {
  std::ifstream file(program, std::ios::binary);
  std::string line(2, ' ');
  if (!file.read(line.data(), 2) || line != "#!") return {};
  char rest[256] = {};
  file.read(rest, sizeof rest - 1);
  const std::string_view text(rest);
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return std::string(text.substr(begin, text.find_first_of(" \t\n", begin) - begin));
}

/// A script whose interpreter is missing cannot start, and the system then says that the script is not there.
void check_interpreter(const std::string& program, const fs::path& folder) {
  if (program.find('/') == std::string::npos) return;
  std::string interpreter = interpreter_of(folder / program);
  if (interpreter.empty() || is_program(folder / interpreter)) return;
  const bool windows = interpreter.ends_with('\r');
  if (windows) interpreter.pop_back();
  throw RequestError(
      windows ? fmt::format("trainer.command: the lines of {} end as on Windows, with \\r", program)
              : fmt::format("trainer.command: {} needs the interpreter {}, which is not there", program,
                            interpreter),
      windows ? "sed -i 's/\\r$//' " + program
              : "its first line names it; or name another one first in the command");
}

std::string hint_for(const std::string& program, const fs::path& folder) {
  if (program.find(' ') != std::string::npos)
    return "the command is a list and no shell reads it: [python, train.py]";
  if (program == "python" && is_in_path("python3")) return "this machine calls it python3";
  std::error_code error;
  if (fs::exists(folder / program, error))
    return program.find('/') == std::string::npos
               ? fmt::format("./{} is the file beside the study", program)
               : "chmod +x makes it a program; or name its interpreter first";
  return "a program in PATH, or a path relative to the study file";
}

}  // namespace

std::string code_sha256(const Study& study) {
  Sha256 digest;
  for (const std::string& name : code_files(study)) {
    const std::string bytes = read_file(work_folder(study) / name, largest_code_file);
    digest.update(fmt::format("{} {}\n", name.size(), bytes.size())).update(name).update(bytes);
  }
  return hex(digest.finish());
}

void check_program(const Study& study) {
  const fs::path folder = work_folder(study);
  for (const Variant& variant : study.variants) {
    const TrainerSettings& trainer = *variant.trainer;
    const std::vector<std::string> command = command_line(trainer, {1, "/", "/"});
    if (command.empty() || command.front().empty())
      throw RequestError(fmt::format("the command of variant '{}' is empty", variant.name));
    const std::string& program = command.front();
    const bool there =
        program.find('/') == std::string::npos ? is_in_path(program) : is_program(folder / program);
    if (!there)
      throw RequestError(fmt::format("trainer.command: there is no program '{}'", program),
                         hint_for(program, folder));
    check_interpreter(program, folder);
  }
  code_sha256(study);
}

void check_resources(const Study& study) {
  if (!study.trainer()) return;
  if (const auto& gpus = study.trainer()->resources.gpus) check_devices(*gpus);
}

fs::path run_folder(const fs::path& database, const std::string& uuid) {
  return fs::absolute(database).lexically_normal().string() + ".runs/" + uuid;
}

fs::path metrics_path(const fs::path& folder) { return folder / "metrics.jsonl"; }

}  // namespace ablate
