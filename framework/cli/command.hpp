#pragma once
/// The program's commands: a table of name, help and function.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.hpp"

namespace ablate {

/// One command. `run` gets the words after its name and returns an exit code; it throws RequestError for a
/// wrong request.
struct Command {
  std::string_view name;
  std::string_view summary;  ///< a clause without a full stop, upper case first
  std::string_view usage;
  std::string_view example;
  int (*run)(const Command& self, const std::vector<std::string>& arguments, Console& console);
};

/// All commands, in the order of the help page.
std::span<const Command> commands();

/// The words of a command line with the command first: options may come before it (`--db FILE runs`). As they are
/// where none of them is a command, or `--help` or `--version` comes first.
std::vector<std::string> command_first(std::vector<std::string> words);

int init_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int plan_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int run_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int work_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int collect_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int runs_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int studies_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int status_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int watch_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int tail_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int stop_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int delete_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int show_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int compare_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int serve_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int query_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int report_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int data_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int export_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int import_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int merge_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int tag_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int note_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int archive_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int gc_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int doctor_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int verify_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int help_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int man_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int completion_command(const Command& self, const std::vector<std::string>& arguments, Console& console);
int schema_command(const Command& self, const std::vector<std::string>& arguments, Console& console);

/// The first help page: what there is, a clause each. `columns` of the terminal, 0: for a file.
std::string help_page(int columns = 0);

/// What `ablate COMMAND --help` prints on such a terminal or to a file.
std::string command_help(const Command& command, int columns = 0);

/// The whole program: finds the command and runs it; every error becomes one message on console.err and an
/// exit code.
int run_program(const std::vector<std::string>& arguments, Console& console);

/// The reference page in Markdown: all commands' own help, one after the other, then the topics, the exit
/// codes and the environment.
std::string command_reference();

}  // namespace ablate
