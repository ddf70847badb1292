#include <algorithm>
#include <array>
#include <exception>
#include <ostream>
#include <sstream>

#include <fmt/format.h>

#include "base/build_info.hpp"
#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/complete.hpp"
#include "cli/facts.hpp"
#include "cli/options.hpp"
#include "cli/page_text.hpp"
#include "cli/topics.hpp"
#include "compute/dispatch.hpp"

namespace ablate {
namespace {

constexpr std::array table = {
    Command{"init", "Write a commented study file: for our network, or for your own script",
            "ablate init STUDY.yaml [--command COMMAND]",
            "ablate init my_study.yaml --command 'python3 train.py --lr 0.1 --epochs 30 --seed 1'",
            init_command},
    Command{
        "plan",
        "List the runs of a study (every variant under every seed): parameters, FLOPs, learning rates, time",
        "ablate plan STUDY.yaml [--set KEY=VALUE]... [--db FILE] [--work DIR] [--format FORMAT]",
        "ablate plan configs/quickstart.yaml", plan_command},
    Command{
        "run", "Train what is not done yet, then write the report; safe to repeat",
        "ablate run STUDY.yaml [-j N] [--db FILE] [--set KEY=VALUE]... [--near [LEVELS]] [--replan] "
        "[--retry-failed] "
        "[--test] [--serve] [--quiet | --json]\n"
        "ablate run STUDY.yaml --slurm|--manifest [CLUSTER.yaml] [--runs-per-task N] [--parallel N] [--work DIR] "
        "[--resend]",
        "ablate run configs/skip_connection.yaml --set data.path=~/emnist --set training.epochs=10",
        run_command},
    Command{"work", "Train a chunk of a manifest on this machine and publish the results in the work folder",
            "ablate work MANIFEST --chunk K [-j N] [--local DIR] [--requeue]",
            "ablate work ablate-work/quickstart/sends/20261126T181502-1f2e3d4c/manifest.json --chunk 0",
            work_command},
    Command{"collect", "Bring what other machines trained into the database; safe to repeat",
            "ablate collect STUDY [--work DIR] [--db FILE] [--format FORMAT]", "ablate collect quickstart",
            collect_command},
    Command{
        "runs", "List runs that match a condition, or groups of them with mean and interval",
        "ablate runs [STUDY] [--where CONDITION] [--by NAME,...] [--contrast FACTOR] [--sort KEY,...] [--columns NAME,...] "
        "[--limit N] [--all] "
        "[--db FILE] [--format FORMAT]",
        "ablate runs --where 'skip = projection and test.accuracy > 0.8' --sort test.accuracy --limit 10",
        runs_command},
    Command{"studies",
            "List the studies of the database: questions, and how many runs are done, running and left",
            "ablate studies [--all] [--db FILE] [--format FORMAT]", "ablate studies", studies_command},
    Command{"status", "Show what is being trained now, by whatever process, and what is left",
            "ablate status [STUDY] [--db FILE] [--work DIR] [--format FORMAT]", "ablate status",
            status_command},
    Command{"watch", "Follow a sweep from another terminal, as `ablate run` shows it, until it ends",
            "ablate watch [STUDY] [--test] [--db FILE] [--work DIR]", "ablate watch quickstart",
            watch_command},
    Command{"tail", "Print a run's epochs as they come, until it ends",
            "ablate tail RUN [-n N] [--test] [--db FILE]", "ablate tail quickstart/skip=none/1",
            tail_command},
    Command{"stop", "Ask one run to end after its current epoch; the next `ablate run` resumes it",
            "ablate stop RUN [--db FILE]", "ablate stop quickstart/skip=none/1", stop_command},
    Command{
        "serve", "Show the results in a browser while they are made: a page that only reads",
        "ablate serve [--db FILE] [--work DIR] [--host ADDRESS] [--port N] [--allow-host NAME]... [--blind] [--open]",
        "ablate serve --open", serve_command},
    Command{"show", "Show one run (configuration, provenance, curve, classes, confusion), or a study",
            "ablate show RUN|STUDY [--config] [--db FILE] [--format FORMAT]",
            "ablate show quickstart/skip=projection/1", show_command},
    Command{
        "compare",
        "Compare two variants paired by seed, two runs, or the levels of a factor; over test images on request",
        "ablate compare A B | FACTOR [--by FACTOR,...] [--from LEVEL] [--to LEVEL] [--study STUDY] [--metric "
        "SPLIT.METRIC] [--split SPLIT] [--confidence SHARE] "
        "[--images [--retrain] [--set KEY=VALUE]...] [--db FILE] [--format FORMAT]",
        "ablate compare quickstart/skip=none quickstart/skip=projection", compare_command},
    Command{"query", "Query the database with SQL or a named query; it is opened read-only",
            "ablate query SQL|NAME|- | --file FILE | --list [--param NAME=VALUE]... [--limit N] [--timeout "
            "SECONDS] [--db FILE] [--format FORMAT]",
            "ablate query 'SELECT variant, seed, test_accuracy FROM results WHERE study = :study ORDER BY "
            "test_accuracy DESC' --param study=quickstart --limit 5",
            query_command},
    Command{"report", "Render a study's comparison report, or one over several studies or databases",
            "ablate report STUDY... [--out DIR] [--variants VARIANT,...] [--metric SPLIT.METRIC] [--format "
            "OUTPUT,...] "
            "[--template DIR] [--open] [--db FILE]...",
            "ablate report quickstart --variants 'skip=*' --format html,tables", report_command},
    Command{"data",
            "List the data sets, audit one for leaks (exit code 1 if there is one), fetch or draw one",
            "ablate data list [SOURCE] | check STUDY.yaml|SOURCE [--near [LEVELS]] | preview "
            "STUDY.yaml|SOURCE | fetch SOURCE",
            "ablate data preview glyphs --out glyphs.png", data_command},
    Command{
        "export",
        "Write a whole study as one JSON document, a folder of CSV files or a results file of its own, or for "
        "TensorBoard or MLflow; or the predictions of a run or a study, one row per image",
        "ablate export json|csv|sqlite|tensorboard|mlflow STUDY [--out PATH] [--db FILE] | predictions RUN|STUDY "
        "[--out FILE] [--split SPLIT] [--retrain] [--set KEY=VALUE]... [--format csv|json]",
        "ablate export predictions quickstart/skip=projection/1 > predictions.csv", export_command},
    Command{
        "import", "Bring exported studies, another results file, or runs of other trackers into the database",
        "ablate import FILE... [--on-conflict keep|take] [--keep-apart] [--dry-run] [--db FILE] | "
        "csv|tensorboard|mlflow FILE... --study NAME [--seed KEY] [--factors KEY,...] [--baseline KEY=VALUE,...] "
        "[--experiment NAME]... [--map THEIRS=OURS]... [--metric NAME=up|down]... [--primary SPLIT.METRIC] [--step epoch|every:N] [--select last|METRIC]",
        "ablate import mlflow mlflow.db --study mine --map val_acc=validation.accuracy", import_command},
    Command{"merge", "Put the studies of several results files into one; safe to repeat",
            "ablate merge FILE... --into FILE [--on-conflict keep|take] [--keep-apart] [--dry-run]",
            "ablate merge monday.db tuesday.db --into all.db", merge_command},
    Command{"tag", "Tag a run, remove tags, or list them",
            "ablate tag [RUN [NAME...] | --where CONDITION NAME...] [--remove] [--db FILE] [--format FORMAT]",
            "ablate tag quickstart/skip=projection/1 best paper", tag_command},
    Command{"note", "Add a note to a run or a study, or list the notes",
            "ablate note RUN|STUDY [TEXT] [--db FILE] [--format FORMAT]",
            "ablate note quickstart/skip=projection/1 'the curve to show'", note_command},
    Command{"archive", "Hide a study or a run from lists; nothing is deleted",
            "ablate archive STUDY|RUN [--undo] [--db FILE]", "ablate archive quickstart", archive_command},
    Command{"delete", "Delete a study with all its runs and results, after confirmation",
            "ablate delete STUDY [--yes] [--db FILE]", "ablate delete quickstart", delete_command},
    Command{"gc", "List what the database can do without, and remove it after confirmation",
            "ablate gc [--weights] [--predictions] [--obsolete] [--archived] [--yes] [--db FILE]",
            "ablate gc --weights", gc_command},
    Command{"doctor", "Check the database, its schema version, runs left behind, and the machine",
            "ablate doctor [--db FILE] [--fingerprint STUDY | --migrate]", "ablate doctor --db ablate.db",
            doctor_command},
    Command{"verify",
            "Train some finished runs again and compare every stored bit: metrics, confusion, weights",
            "ablate verify STUDY [--runs N] [--set KEY=VALUE]... [--db FILE] [--format FORMAT]",
            "ablate verify quickstart --runs 1", verify_command},
    Command{"schema", "Print the JSON Schema of the study file, for editors", "ablate schema",
            "ablate schema > configs/study.schema.json", schema_command},
    Command{"completion",
            "Print the script that lets a shell complete commands, options, and names of studies and runs",
            "ablate completion SHELL",
            "ablate completion bash > ~/.local/share/bash-completion/completions/ablate", completion_command},
    Command{"man", "Print the manual page", "ablate man", "ablate man > ablate.1", man_command},
    Command{"help", "Explain a command or a topic; without either, list both",
            "ablate help [COMMAND | TOPIC]", "ablate help metrics", help_command},
};

}  // namespace

std::string help_page(int columns) {
  const std::size_t width = help_width(columns);
  const auto entry = [&](std::string_view name, std::string_view summary) {
    return filled(summary, fmt::format("  {:<12} ", name), width);
  };
  std::string text = filled(
      "ablate: does this part of the network matter? State the question in one YAML file; every variant is trained "
      "under every seed, every epoch goes into one SQLite file, and a report compares them.",
      "", width);
  text += "\n  ablate COMMAND [OPTIONS]      ablate COMMAND --help for more and an example\n\n";
  for (const Command& command : table) text += entry(command.name, command.summary);
  text += "\n  ablate help TOPIC             the ideas behind the commands\n\n";
  for (const Topic& topic : topics()) text += entry(topic.name, topic.summary);
  return text +
         "\nThe database is --db, else $ABLATE_DB, else ablate.db in the working folder.\n"
         "\nBegin with:\n  ablate run configs/quickstart.yaml\n";
}

namespace {

const Command& find_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Command& command : table) {
    if (command.name == name) return command;
    names.emplace_back(command.name);
  }
  if (name.starts_with('-'))
    throw RequestError(fmt::format("{} comes without a command", name),
                       fmt::format("ablate COMMAND {} ...; `ablate help` lists the commands", name));
  throw RequestError(fmt::format("there is no command '{}'", name), suggestion(name, names));
}

int dispatch(const std::vector<std::string>& arguments, Console& console) {
  if (arguments.empty()) {
    console.err << help_page(console.terminal.at_err ? terminal_width() : 0);
    return exit_wrong_request;
  }
  const std::vector<std::string> words = command_first(arguments);
  const std::string& first = words.front();
  if (first == "--version" || first == "-V") {
    console.out << fmt::format("ablate {} ({})\n", code_version(), build_flavour());
    return exit_done;
  }
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (first == "complete") return complete_command(rest, console);
  compute::kernels();  // refuses $ABLATE_KERNELS before anything is done
  const bool asks = first == "--help" || first == "-h";
  const Command& command = find_command(asks ? "help" : first);
  return command.run(command, rest, console);
}

}  // namespace

std::span<const Command> commands() { return table; }

std::vector<std::string> command_first(std::vector<std::string> words) {
  constexpr std::string_view without_command[] = {"--version", "-V", "--help", "-h"};
  if (words.empty() || !words.front().starts_with('-') ||
      std::find(std::begin(without_command), std::end(without_command), words.front()) !=
          std::end(without_command))
    return words;
  const auto is_command = [](const std::string& word) {
    return std::any_of(table.begin(), table.end(), [&](const Command& each) { return each.name == word; });
  };
  const auto found = std::find_if(words.begin(), words.end(), is_command);
  if (found != words.end()) std::rotate(words.begin(), found, found + 1);
  return words;
}

int run_program(const std::vector<std::string>& arguments, Console& console) {
  try {
    return dispatch(arguments, console);
  } catch (const RequestError& error) {
    console.err << "ablate: " << error.what() << "\n";
    return exit_wrong_request;
  } catch (const std::bad_alloc&) {
    console.err << "ablate: out of memory\n";
    return exit_internal_fault;
  } catch (const std::exception& error) {
    console.err << fmt::format("ablate: internal fault: {}\n  try: report it with the command and {}\n",
                               error.what(), code_version());
    return exit_internal_fault;
  }
}

std::string command_help(const Command& command, int columns) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in, {.width = columns}};
  command.run(command, {"--help"}, console);
  return out.str();
}

std::string command_reference() {
  std::string text;
  for (const Command& command : table)
    text += fmt::format("## ablate {}\n\n```\n{}```\n\n", command.name, command_help(command));
  text += "## Topics\n\n| `ablate help` | explains |\n|---|---|\n";
  for (const Topic& topic : topics()) text += fmt::format("| `{}` | {} |\n", topic.name, topic.summary);
  text += "\n## Exit codes\n\n| code | means |\n|---|---|\n";
  for (const Fact& fact : exit_codes()) text += fmt::format("| {} | {} |\n", fact.name, fact.meaning);
  text += "\n## Environment\n\n| variable | meaning |\n|---|---|\n";
  for (const Fact& fact : environment()) text += fmt::format("| `{}` | {} |\n", fact.name, fact.meaning);
  return text;
}

}  // namespace ablate
