#include "ablate/report/render.hpp"

#include <fmt/format.h>

#include "ablate/base/file.hpp"
#include "ablate/report/gnuplot.hpp"
#include "ablate/report/html.hpp"
#include "ablate/report/inference_tables.hpp"
#include "ablate/report/markdown.hpp"
#include "ablate/report/tables.hpp"

namespace ablate {
namespace {

class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path write(const std::string& name, const std::string& text) {
    const auto path = path_ / name;
    write_file(path, text);
    written.push_back(path);
    return path;
  }

  std::vector<std::filesystem::path> written;

 private:
  std::filesystem::path path_;
};

/// Pictures beside a script. An older picture goes first: what stays was drawn from these numbers.
bool draw_figure(const std::filesystem::path& script, Folder& folder, const std::string& program,
                 std::vector<std::string>& warnings, bool& program_found) {
  bool drawn = true;
  for (const char* format : {"svg", "png"}) {
    auto picture = script;
    picture.replace_extension(format);
    std::error_code ignored;
    std::filesystem::remove(picture, ignored);
    if (!program_found) continue;
    const DrawResult result = draw(script, format, program);
    if (result.drawn == Drawn::yes && std::filesystem::exists(picture)) {
      folder.written.push_back(picture);
      continue;
    }
    drawn = false;
    program_found = result.drawn != Drawn::no_program;
    if (!program_found) {
      warnings.push_back(
          fmt::format("{} is not installed: figures are left as scripts (apt install gnuplot-nox)", program));
    } else {
      warnings.push_back(fmt::format("{} could not draw {}: {}", program, picture.string(), result.message));
    }
  }
  return drawn && program_found;
}

struct TableFile {
  const char* name;
  Table table;
};

std::vector<TableFile> table_files(const Comparison& comparison) {
  std::vector<TableFile> files = {{"tables/comparison.csv", comparison_data(comparison)},
                                  {"tables/metrics.csv", metrics_data(comparison)},
                                  {"tables/runs.csv", runs_data(comparison)}};
  if (comparison.factor_analysis) {
    files.push_back({"tables/factors.csv", effects_data(comparison)});
    files.push_back({"tables/variance.csv", variance_data(comparison)});
  }
  if (comparison.ranks) files.push_back({"tables/ranks.csv", ranks_data(comparison)});
  return files;
}

}  // namespace

bool is_rendered(const Comparison& comparison, const std::filesystem::path& out) {
  const auto all = figures(comparison);
  std::vector<std::string> names = {"report.md", "index.html"};
  for (const TableFile& file : table_files(comparison)) names.emplace_back(file.name);
  for (const Figure& figure : all) {
    names.push_back(fmt::format("data/{}.csv", figure.plot.name));
    for (const char* ending : {"gp", "svg", "png"})
      names.push_back(fmt::format("figures/{}.{}", figure.plot.name, ending));
  }
  std::error_code ignored;
  for (const std::string& name : names) {
    if (!std::filesystem::is_regular_file(out / name, ignored)) return false;
  }
  constexpr std::size_t largest_page = std::size_t{64} << 20;
  for (const char* name : {"report.md", "index.html"}) {
    if (std::filesystem::file_size(out / name, ignored) > largest_page) return false;
  }
  const std::string page = render_markdown(comparison, all, std::vector<bool>(all.size(), true));
  return read_file(out / "report.md", largest_page) == page &&
         read_file(out / "index.html", largest_page) == render_html(comparison);
}

ReportFiles render_report(const Comparison& comparison, const std::filesystem::path& out,
                          const std::string& gnuplot) {
  Folder folder(out);
  ReportFiles files;
  if (comparison.counts.done == 0) {
    files.warnings.push_back(
        fmt::format("no run of study '{}' is finished: the report has no numbers", comparison.study));
  }
  const auto all = figures(comparison);
  std::vector<bool> drawn;
  bool program_found = true;
  for (const Figure& figure : all) {
    folder.write("data/" + figure.plot.name + ".csv", render(figure.data, Format::csv));
    const auto script = folder.write("figures/" + figure.plot.name + ".gp", gnuplot_script(figure.plot));
    drawn.push_back(draw_figure(script, folder, gnuplot, files.warnings, program_found));
  }
  for (const TableFile& file : table_files(comparison))
    folder.write(file.name, render(file.table, Format::csv));
  folder.write("index.html", render_html(comparison));
  files.main = folder.write("report.md", render_markdown(comparison, all, drawn));
  files.files = std::move(folder.written);
  return files;
}

}  // namespace ablate
