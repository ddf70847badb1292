#include "runner/cluster/slurm.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "runner/cluster/work_files.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr double seconds_for_ends = 5.0;
constexpr int usual_array_size = 1001;  // slurm.conf(5), MaxArraySize

int number_or(std::string_view text, int otherwise) {
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Slurm's words for a user who has as many tasks as he may: another array can be submitted later.
bool is_limit(const std::string& words) {
  for (const char* limit : {"MaxSubmit", "Job violates accounting/QOS policy", "JobCountLimit", "too many",
                            "QOSMax", "temporarily unable to accept job", "Slurm job queue full"}) {
    if (words.find(limit) != std::string::npos) return true;
  }
  return false;
}

std::string option_lines(const ClusterSettings& settings, int tasks) {
  std::vector<std::string> options;
  const std::string at_a_time = settings.parallel > 0 ? fmt::format("%{}", settings.parallel) : "";
  options.push_back(fmt::format("--array=0-{}{}", tasks - 1, at_a_time));
  if (!settings.time.empty()) options.push_back("--time=" + settings.time);
  if (!settings.partition.empty()) options.push_back("--partition=" + settings.partition);
  if (!settings.memory.empty()) options.push_back("--mem=" + settings.memory);
  options.push_back(fmt::format("--cpus-per-task={}", settings.cpus));
  options.push_back(settings.requeue ? "--requeue" : "--no-requeue");
  options.insert(options.end(), settings.options.begin(), settings.options.end());
  std::string text;
  for (const std::string& option : options)
    text += fmt::format("{}#SBATCH {}", text.empty() ? "" : "\n", option);
  return text;
}

/// A job's name, of letters that need no quoting.
std::string job_name(const std::string& study) {
  std::string name = "ablate-";
  for (const char c : study) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name.substr(0, 60);
}

/// As sbatch's --output, where a percent sign begins a pattern.
std::string pattern_text(const std::string& path) {
  std::string text;
  for (const char c : path) text += c == '%' ? "%%" : std::string(1, c);
  return text;
}

/// Of a state ("CANCELLED by 0") and an exit code ("127:0": code and signal).
std::string end_words(const std::string& state, const std::string& code) {
  const std::string word = state.substr(0, state.find(' '));
  const std::size_t colon = code.find(':');
  const std::string number = code.substr(0, colon);
  const std::string signal = colon == std::string::npos ? "0" : code.substr(colon + 1);
  if (signal != "0") return fmt::format("{} with signal {}", word, signal);
  return number.empty() || number == "0" ? word : fmt::format("{} with exit code {}", word, number);
}

/// By task.
std::map<std::string, std::string> ends_of_sacct(const std::set<std::string>& arrays) {
  const Captured said =
      run_captured({"sacct", "--noheader", "--parsable2", "--allocations", "--format=JobID,State,ExitCode",
                    fmt::format("--jobs={}", fmt::join(arrays, ","))},
                   {.seconds = seconds_for_ends});
  std::map<std::string, std::string> ends;
  std::istringstream lines(said.out);
  for (std::string line; said.code == 0 && std::getline(lines, line);) {
    const std::size_t first = line.find('|'), second = line.find('|', first + 1);
    if (second == std::string::npos) continue;
    ends[line.substr(0, first)] =
        end_words(line.substr(first + 1, second - first - 1), line.substr(second + 1));
  }
  return ends;
}

std::map<std::string, std::string> ends_of_scontrol(const std::set<std::string>& arrays) {
  std::map<std::string, std::string> ends;
  for (const std::string& array : arrays) {
    const Captured said =
        run_captured({"scontrol", "--oneliner", "show", "job", array}, {.seconds = seconds_for_ends});
    if (said.code != 0) break;
    std::istringstream lines(said.out);
    for (std::string line; std::getline(lines, line);) {
      const auto value = [&](const std::string& key) {
        const std::size_t at = line.find(" " + key + "=");
        if (at == std::string::npos) return std::string();
        const std::size_t from = at + key.size() + 2;
        return line.substr(from, line.find(' ', from) - from);
      };
      ends[array + "_" + value("ArrayTaskId")] = end_words(value("JobState"), value("ExitCode"));
    }
  }
  return ends;
}

/// The script with every @word@ replaced.
std::string filled(const std::string& script, const std::map<std::string, std::string>& words) {
  static const std::regex word("@([a-z_]+)@");
  std::string text;
  auto rest = script.begin();
  for (std::sregex_iterator found(script.begin(), script.end(), word), end; found != end; ++found) {
    const auto value = words.find((*found)[1]);
    if (value == words.end()) {
      throw RequestError(fmt::format("the batch script has a word {} that nobody fills in", found->str()),
                         "configs/slurm_task.sh shows those that are");
    }
    text.append(rest, script.begin() + found->position());
    text += value->second;
    rest = script.begin() + found->position() + found->length();
  }
  return text.append(rest, script.end());
}

/// A site's own script says itself where logs go.
bool has_output(const std::string& script) {
  static const std::regex line("(^|\\n)#SBATCH[ \\t]+(--output|-o)[= \\t]");
  return std::regex_search(script, line);
}

class Submission {
 public:
  Submission(const Send& send, const ClusterSettings& settings, const std::string& script,
             const std::string& program)
      : send_(send), settings_(settings), script_(script), program_(program) {}

  Submitted submit() {
    longest_ = slurm_array_size();
    if (settings_.longest_array > 0) longest_ = std::min(longest_, static_cast<int>(settings_.longest_array));
    const int chunks = send_.manifest.chunks();
    std::error_code ignored;
    fs::create_directories(send_.file.parent_path() / "logs", ignored);
    int first = 0;
    while (first < chunks) {
      const int taken = submit_some(first, std::min(longest_, chunks - first));
      if (taken == 0) break;
      first += taken;
      publish_file(send_.file.parent_path() / "jobs.json", jobs_text(done_.jobs));
    }
    done_.chunks_left = chunks - first;
    if (first == 0) {
      publish_file(send_.file.parent_path() / "jobs.json", jobs_text({}));
      throw RequestError(
          fmt::format("Slurm took none of the {} task{}: {}", chunks, chunks == 1 ? "" : "s", done_.why),
          "nothing was sent, and nothing is lost: give the cluster file what this site has, or, where it was busy, the "
          "same command later");
    }
    return done_;
  }

 private:
  /// As many as the site takes of these, in one array; 0: none.
  int submit_some(int first, int tasks) {
    while (tasks > 0) {
      const fs::path file = send_.file.parent_path() / fmt::format("array-{}.sh", first);
      publish_file(file, batch_script(script_, send_, settings_, program_, {{}, first, tasks}));
      std::vector<std::string> words = {"sbatch", "--parsable"};
      const std::string logs = (send_.file.parent_path() / "logs").string();
      if (!has_output(script_)) words.push_back("--output=" + pattern_text(logs) + "/%A_%a.log");
      words.push_back(file.string());
      const Captured said = run_captured(words, {.seconds = slurm_patience});
      if (said.code == 0) {
        done_.jobs.push_back({said.out.substr(0, said.out.find_first_of(";\n")), first, tasks});
        return tasks;
      }
      done_.why = first_line_of(said);
      if (!is_limit(said.err)) return 0;
      tasks /= 2;
    }
    return 0;
  }

  const Send& send_;
  const ClusterSettings& settings_;
  const std::string& script_;
  const std::string& program_;
  int longest_ = usual_array_size;
  Submitted done_;
};

}  // namespace

std::string first_line_of(const Captured& said) {
  if (said.end != Captured::End::by_itself) return "it did not answer";
  const std::string& words = said.err.empty() ? said.out : said.err;
  const std::string line = words.substr(0, words.find('\n'));
  return line.empty() ? fmt::format("exit code {}", said.code) : line;
}

void check_slurm_folder(const fs::path& folder) {
  if (folder.string().find_first_of("\\\r\n") == std::string::npos) return;
  throw RequestError(
      fmt::format("Slurm cannot write logs below {}: a backslash or a line break is in the name",
                  folder.string()),
      "choose another work folder: --work DIR, or `work` in the cluster file");
}

Queue ask_slurm() {
  Queue queue;
  const Captured said = run_captured({"squeue", "--noheader", "--array", "--me", "--format=%i|%T|%r"},
                                     {.seconds = slurm_patience});
  queue.answered = said.code == 0;
  if (!queue.answered) {
    queue.trouble = first_line_of(said);
    return queue;
  }
  std::istringstream lines(said.out);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find('|'), second = line.find('|', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    queue.tasks[line.substr(0, first)] = {line.substr(first + 1, second - first - 1),
                                          line.substr(second + 1)};
  }
  return queue;
}

std::vector<std::string> ask_slurm_ends(const std::vector<std::string>& tasks) {
  if (tasks.empty()) return {};
  std::set<std::string> arrays;
  for (const std::string& task : tasks) arrays.insert(task.substr(0, task.find('_')));
  std::map<std::string, std::string> ends = ends_of_sacct(arrays);
  if (ends.empty()) ends = ends_of_scontrol(arrays);
  std::vector<std::string> found;
  for (const std::string& task : tasks) {
    if (const auto end = ends.find(task); end != ends.end()) found.push_back(end->second);
  }
  return found;
}

int slurm_array_size() {
  const Captured said = run_captured({"scontrol", "show", "config"}, {.seconds = slurm_patience});
  std::istringstream lines(said.out);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("MaxArraySize")) continue;
    const std::size_t digits = line.find_first_of("0123456789");
    if (digits != std::string::npos)
      return std::max(1, number_or(std::string_view(line).substr(digits), usual_array_size));
  }
  return usual_array_size;
}

std::string batch_script(const std::string& script, const Send& send, const ClusterSettings& settings,
                         const std::string& program, const SentJob& job) {
  const fs::path folder = send.file.parent_path();
  return filled(script, {{"name", job_name(send.manifest.study)},
                         {"logs", pattern_text((folder / "logs").string())},
                         {"options", option_lines(settings, job.chunks)},
                         {"program", shell_word(program)},
                         {"manifest", shell_word(send.file.string())},
                         {"first_chunk", std::to_string(job.first_chunk)},
                         {"requeue", settings.requeue ? "--requeue" : ""}});
}

Submitted submit_to_slurm(const Send& send, const ClusterSettings& settings, const std::string& script,
                          const std::string& program) {
  return Submission(send, settings, script, program).submit();
}

}  // namespace ablate
