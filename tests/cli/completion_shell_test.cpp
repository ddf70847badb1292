/// Completion in real shells: what stands on the line after TAB is what the command then gets.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "store/store_support.hpp"
#include "support/keyboard.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// A database with names that shells must quote, and a command `ablate` that completes as the program does
/// and writes the words that it is called with into a file.
class Prompt {
 public:
  explicit Prompt(const std::string& shell) : shell_(shell), path_(find_shell(shell)) {
    Store store(folder_ / "a.db");
    store.plan(study_named("it's \"new\" & <b>"), {variant_named("skip=none,hidden=64")}, {7});
    store.plan(study_named("plain"),
               {variant_named("skip=none,hidden=64"), variant_named("a b"), variant_named("$x")}, {1, 23});
    write_file(folder_ / "question.yaml", "study: q\n");
    if (!path_) WARN(shell << " is not installed: its completion was not tried");
  }
  bool is_there() const { return path_.has_value(); }

  /// The words that the command gets, a line each, when `keys` and Enter were typed.
  std::string words_after(const std::string& keys) {
    const auto out = folder_ / fmt::format("words{}", ++calls_);
    const std::string home = folder_.path().string(), program = built_program().string();
    const std::string rename = fmt::format("mv '{0}.part' '{0}'", out.string());
    const auto start = folder_ / "start";
    std::vector<std::string> command = {path_->string()};
    if (shell_ == "fish") {
      write_file(start,
                 fmt::format("cd '{0}'; set -x ABLATE_DB '{0}/a.db'\n"
                             "function ablate\n  if test \"$argv[1]\" = complete\n    '{1}' $argv\n  else\n"
                             "    printf '%s\\n' $argv >'{2}.part'; {3}\n  end\nend\n"
                             "'{1}' completion fish | source\nfunction fish_prompt; echo 'ready>'; end\n"
                             "set fish_greeting\nset fish_autosuggestion_enabled 0\n",
                             home, program, out.string(), rename));
      command.insert(command.end(), {"--no-config", "-i", "-C", "source '" + start.string() + "'"});
    } else {
      const std::string prepare =
          shell_ == "zsh" ? "autoload -U compinit; compinit -D -u; setopt nobeep" : "";
      write_file(start, fmt::format("cd '{0}'; export ABLATE_DB='{0}/a.db'\n{1}\n"
                                    "ablate() {{\n  if [ \"$1\" = complete ]; then '{2}' \"$@\"; else\n"
                                    "    printf '%s\\n' \"$@\" >'{3}.part'; {4}; fi\n}}\n"
                                    "source <('{2}' completion {5})\nPS1='ready>'\n",
                                    home, prepare, program, out.string(), rename, shell_));
      if (shell_ == "bash") command.insert(command.end(), {"--noprofile", "--rcfile", start.string(), "-i"});
      if (shell_ == "zsh") {
        write_file(folder_ / ".zshrc", read_file(start, 1 << 16));
        command = {"/usr/bin/env", "ZDOTDIR=" + home, path_->string(), "-d", "-i"};
      }
    }
    return type_into(command, keys + "\r", out);
  }

 private:
  std::string shell_;
  std::optional<std::filesystem::path> path_;
  Folder folder_;
  int calls_ = 0;
};

}  // namespace

TEST_CASE("bash completes commands, options, values, files and names that need quotes") {
  Prompt bash("bash");
  if (!bash.is_there()) return;
  CHECK(bash.words_after("ablate qu\t'SELECT 1'") == "query\nSELECT 1\n");
  CHECK(bash.words_after("ablate runs --for\tmark\t") == "runs\n--format\nmarkdown\n");
  CHECK(bash.words_after("ablate runs --format=mark\t") == "runs\n--format=markdown\n");
  CHECK(bash.words_after("ablate run q\t") == "run\nquestion.yaml\n");
  CHECK(bash.words_after("ablate run q.yaml --set training.learning_rate.sch\tcos\t") ==
        "run\nq.yaml\n--set\ntraining.learning_rate.schedule=cosine\n");
  CHECK(bash.words_after("ablate report it\t") == "report\nit's \"new\" & <b>\n");
  CHECK(bash.words_after("ablate show pl\tskip=n\t2\t") == "show\nplain/skip=none,hidden=64/23\n");
  CHECK(bash.words_after("ablate show plain/a\t1\t") == "show\nplain/a b/1\n");
  CHECK(bash.words_after("ablate show 'plain/a\t1\t") == "show\nplain/a b/1\n");
  CHECK(bash.words_after("ablate show \"plain/\\$\t1\t") == "show\nplain/$x/1\n");
  CHECK(bash.words_after("ablate show 'it\tskip\t7\t") == "show\nit's \"new\" & <b>/skip=none,hidden=64/7\n");
}

TEST_CASE("zsh completes commands, options, values, files and names that need quotes") {
  Prompt zsh("zsh");
  if (!zsh.is_there()) return;
  CHECK(zsh.words_after("ablate qu\t'SELECT 1'") == "query\nSELECT 1\n");
  CHECK(zsh.words_after("ablate runs --for\tmark\t") == "runs\n--format\nmarkdown\n");
  CHECK(zsh.words_after("ablate runs --format=mark\t") == "runs\n--format=markdown\n");
  CHECK(zsh.words_after("ablate run q\t") == "run\nquestion.yaml\n");
  CHECK(zsh.words_after("ablate run q.yaml --set training.learning_rate.sch\tcos\t") ==
        "run\nq.yaml\n--set\ntraining.learning_rate.schedule=cosine\n");
  CHECK(zsh.words_after("ablate report it\t") == "report\nit's \"new\" & <b>\n");
  CHECK(zsh.words_after("ablate show pl\tskip=n\t2\t") == "show\nplain/skip=none,hidden=64/23\n");
  CHECK(zsh.words_after("ablate show plain/a\t1\t") == "show\nplain/a b/1\n");
}

TEST_CASE("fish completes commands, options, values, files and names that need quotes") {
  Prompt fish("fish");
  if (!fish.is_there()) return;
  CHECK(fish.words_after("ablate qu\t'SELECT 1'") == "query\nSELECT 1\n");
  CHECK(fish.words_after("ablate runs --for\tmark\t") == "runs\n--format\nmarkdown\n");
  CHECK(fish.words_after("ablate run q\t") == "run\nquestion.yaml\n");
  CHECK(fish.words_after("ablate run q.yaml --set training.learning_rate.sch\tcos\t") ==
        "run\nq.yaml\n--set\ntraining.learning_rate.schedule=cosine\n");
  CHECK(fish.words_after("ablate report it\t") == "report\nit's \"new\" & <b>\n");
  CHECK(fish.words_after("ablate show pl\tskip=n\t2\t") == "show\nplain/skip=none,hidden=64/23\n");
  CHECK(fish.words_after("ablate show plain/a\t1\t") == "show\nplain/a b/1\n");
}
