#include "cli/topics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/embedded.hpp"
#include "cli/facts.hpp"
#include "cli/page_text.hpp"
#include "config/catalogue.hpp"
#include "metrics/metric_table.hpp"

namespace ablate {
namespace {

std::string fact_rows(std::span<const Fact> facts) {
  std::string text;
  for (const Fact& fact : facts) text += fmt::format("| {} | {} |\n", fact.name, fact.meaning);
  return text;
}

/// One row per setting: its default, and what it may be.
std::string settings_rows(bool of_trainer) {
  std::string text = "| setting | default | values |\n|---|---|---|\n";
  for (const std::string& path : setting_paths()) {
    const Setting& setting = *find_setting(path);
    if (setting.kind == SettingKind::block || path.starts_with("trainer.") != of_trainer) continue;
    const Node& standard = setting.standard;
    std::string usual = standard.is(Node::Kind::scalar) ? standard.text : "";
    for (const Node& item : standard.items) usual += (usual.empty() ? "" : ", ") + item.text;
    if (standard.is(Node::Kind::sequence)) usual = "[" + usual + "]";
    text += fmt::format("| `{}` | `{}` | {} |\n", path, standard.is(Node::Kind::null) ? "null" : usual,
                        values_of(setting));
  }
  return text;
}

std::string study_topic() {
  const std::string_view page = embedded_file("configs/README.md");
  return page_section(page, "") + "## Designs\n\n" + first_table(page_section(page, "Variants")) +
         "\n## Settings\n\n" + settings_rows(false) +
         "\nconfigs/README.md says what each one is and when to change it, and so do `stop_rules`, "
         "`tune` and seeds until settled; `ablate schema` prints the same for editors.\n";
}

std::string where_topic() {
  const std::string_view page = embedded_file("framework/ask/README.md");
  std::string text = "Of `ablate runs --where CONDITION`, `--sort`, `--columns` and `--by`.\n\n";
  for (const char* title :
       {"Examples", "Conditions", "Names", "Functions over a run's epochs", "Columns, keys, groups"})
    text += fmt::format("## {}\n{}\n", title, page_section(page, title));
  return text;
}

std::string metrics_topic() {
  std::string text =
      "Each is computed on train, validation and test; with its split it is one name: `test.accuracy`, "
      "`validation.log_loss`.\n\n| metric | better | definition |\n|---|---|---|\n";
  for (const Metric& metric : metric_table()) {
    text += fmt::format("| `{}` | {} | {} |\n", metric.name, metric.better == Better::up ? "up" : "down",
                        metric.definition);
  }
  return text + "\n## Conventions\n\n" +
         page_section(embedded_file("framework/metrics/README.md"), "Conventions");
}

/// "`study`: id, name, question, ..." of every table and view of the schema page.
std::string schema_list(std::string_view page, std::string_view part) {
  std::string text;
  const std::string section = page_section(page, part);
  for (std::size_t at = section.find("### `"); at != std::string::npos; at = section.find("### `", at + 1)) {
    const std::string name = section.substr(at + 5, section.find('`', at + 5) - at - 5);
    const std::string table = first_table(page_section(section, name));
    std::string columns;
    for (std::size_t row = table.find("| `"); row != std::string::npos; row = table.find("\n| `", row + 1)) {
      const std::size_t from = table.find('`', row) + 1;
      columns += (columns.empty() ? "" : ", ") + table.substr(from, table.find('`', from) - from);
    }
    text += fmt::format("| `{}` | {} |\n", name, columns);
  }
  return text;
}

std::string database_topic() {
  const std::string_view page = embedded_file("framework/store/README.md");
  const std::string opening = page_section(page, "Opening the file with other tools");
  return opening.substr(0, opening.find("\n### ")) + "\n## Tables\n\n" + schema_list(page, "Tables") +
         "\n## Views\n\n" + schema_list(page, "Views") +
         "\n`<metric>` is a column for each of `ablate help metrics`. For the meaning of each column see "
         "framework/store/README.md.\n";
}

std::string reports_topic() {
  const std::string_view page = embedded_file("framework/report/README.md");
  const std::string head = page_section(page, "");
  std::string text = head.substr(head.find("- **Numbers."));
  for (const char* title : {"The verdict", "Two levels of chance", "Looks"})
    text += fmt::format("\n## {}\n\n{}", title, page_section(page, title));
  return text;
}

std::string data_topic() {
  const std::string_view page = embedded_file("framework/data/README.md");
  return "## Sources\n\n" + page_section(page, "Sources") + "\n## Your own images\n\n" +
         page_section(page, "Your own images");
}

std::string exit_codes_topic() { return "| code | means |\n|---|---|\n" + fact_rows(exit_codes()); }

std::string trainer_topic() {
  return page_section(embedded_file("configs/README.md"), "Your own script") + "\n## Settings\n\n" +
         settings_rows(true);
}

std::string environment_topic() {
  return "| variable | meaning |\n|---|---|\n" + fact_rows(environment()) + "\n## Files\n\n" +
         fact_rows(files());
}

constexpr Topic all_topics[] = {
    {"study", "the study file: its parts, designs, settings and their defaults", study_topic},
    {"trainer", "your own script as the trainer: what it is given, what it writes, how it ends",
     trainer_topic},
    {"data", "where images come from, and how to bring your own", data_topic},
    {"where", "conditions, names and functions of ablate runs", where_topic},
    {"metrics", "what each metric is, and which way is better", metrics_topic},
    {"database", "the results file: its tables and views, and reading it with other tools", database_topic},
    {"reports", "what a report promises, and the rules of its verdict", reports_topic},
    {"exit-codes", "what the program's exit codes mean", exit_codes_topic},
    {"environment", "environment variables and files that the program reads", environment_topic},
};

}  // namespace

std::span<const Topic> topics() { return all_topics; }

}  // namespace ablate
