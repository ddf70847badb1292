#include "report/render.hpp"

#include <map>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/leftovers.hpp"
#include "draw/gnuplot.hpp"
#include "report/answer_words.hpp"
#include "report/html.hpp"
#include "report/markdown.hpp"
#include "report/sections/sections.hpp"
#include "text/numbers.hpp"
#include "text/spreadsheet.hpp"

namespace ablate {
namespace {

const std::vector<std::string> pictures = {"svg", "pdf", "png"};

/// The report's folder, rid of what a killed process left in it.
class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {
    remove_leftovers(path_);
    for (const char* part : {"tables", "data", "figures"}) remove_leftovers(path_ / part);
  }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    const auto path = path_ / name;
    replace_file(path, text);
    written.push_back(path);
    return path;
  }

  std::vector<std::filesystem::path> written;

 private:
  std::filesystem::path path_;
};

/// What gnuplot could not draw, told once for all pictures that failed alike.
class Failures {
 public:
  void add(const std::string& message, const std::string& picture) { pictures_[message].push_back(picture); }
  void tell(const std::string& program, std::vector<std::string>& warnings) const {
    for (const auto& [message, names] : pictures_)
      warnings.push_back(fmt::format("{} could not draw {}: {}", program, names_text(names, 1), message));
  }

 private:
  std::map<std::string, std::vector<std::string>> pictures_;  ///< by message
};

/// Pictures beside a script, drawn at once, else one by one, which tells those that fail. An older picture goes first: what
/// stays was drawn from these numbers.
bool draw_figure(const std::filesystem::path& script, Folder& folder, const std::string& program,
                 Failures& failures, bool& program_found) {
  const auto picture_of = [&](const std::string& format) {
    return std::filesystem::path(script).replace_extension(format);
  };
  std::error_code ignored;
  for (const std::string& format : pictures) std::filesystem::remove(picture_of(format), ignored);
  if (!program_found) return false;
  const DrawResult together = draw(script, pictures, program);
  bool drawn = true;
  for (const std::string& format : pictures) {
    if (!program_found) continue;
    const auto picture = picture_of(format);
    const DrawResult result = together.drawn == Drawn::failed ? draw(script, {format}, program) : together;
    if (result.drawn == Drawn::yes && std::filesystem::exists(picture)) {
      folder.written.push_back(picture);
      continue;
    }
    drawn = false;
    program_found = result.drawn != Drawn::no_program && result.drawn != Drawn::too_slow;
    failures.add(result.drawn == Drawn::no_program
                     ? "it is not installed: figures are left as scripts (apt install gnuplot-nox)"
                     : result.message,
                 picture.filename().string());
  }
  return drawn && program_found;
}

/// The files of tables/, name and text.
std::vector<std::pair<std::string, std::string>> table_texts(const Comparison& comparison,
                                                             const std::vector<Section>& all) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const Section& section : all) {
    for (const TableFile& file : section.files)
      texts.emplace_back(fmt::format("tables/{}.csv", file.name),
                         render(for_spreadsheets(file.table), Format::csv));
  }
  const auto papers = paper_tables(all);
  for (const PaperTable& table : papers)
    texts.emplace_back(fmt::format("tables/{}.tex", table.name), render_paper(table, comparison.study));
  texts.emplace_back("tables/tables.tex", paper_document(papers, comparison));
  return texts;
}

std::vector<std::string> file_names(const Comparison& comparison, const std::vector<Section>& all,
                                    const Outputs& outputs) {
  std::vector<std::string> names;
  if (outputs.markdown) names.emplace_back("report.md");
  if (outputs.html) names.emplace_back("index.html");
  if (outputs.tables) {
    for (const auto& [name, text] : table_texts(comparison, all)) names.push_back(name);
  }
  for (const Figure& figure : figures(all)) {
    if (outputs.data) names.push_back(fmt::format("data/{}.csv", figure.plot.name));
    if (!outputs.figures) continue;
    names.push_back(fmt::format("figures/{}.gp", figure.plot.name));
    for (const std::string& format : pictures)
      names.push_back(fmt::format("figures/{}.{}", figure.plot.name, format));
  }
  return names;
}

/// The pages, the last one last: where it is, the rest is.
std::vector<std::pair<std::string, std::string>> pages(const Comparison& comparison,
                                                       const std::vector<Section>& all,
                                                       const std::vector<bool>& drawn,
                                                       const Rendering& rendering) {
  std::vector<std::pair<std::string, std::string>> texts;
  if (rendering.outputs.html)
    texts.emplace_back("index.html", render_html(comparison, all, rendering.templates, rendering.outputs));
  if (rendering.outputs.markdown) {
    texts.emplace_back("report.md",
                       render_markdown(comparison, all, drawn, rendering.templates, rendering.outputs));
  }
  return texts;
}

}  // namespace

Rendering rendering_of(const ReportOptions& options) {
  Rendering rendering;
  rendering.outputs = options.outputs;
  if (!options.templates.empty()) rendering.templates = Templates(options.templates);
  return rendering;
}

bool is_rendered(const Comparison& comparison, const std::filesystem::path& out, const Rendering& rendering) {
  const auto all = sections(comparison);
  std::error_code ignored;
  for (const std::string& name : file_names(comparison, all, rendering.outputs)) {
    if (!std::filesystem::is_regular_file(out / name, ignored)) return false;
  }
  constexpr std::size_t largest_page = std::size_t{64} << 20;
  const std::vector<bool> drawn(figures(all).size(), rendering.outputs.figures);
  for (const auto& [name, text] : pages(comparison, all, drawn, rendering)) {
    if (std::filesystem::file_size(out / name, ignored) != text.size()) return false;
    if (read_file(out / name, largest_page) != text) return false;
  }
  return true;
}

RenderedFigures render_figures(const std::vector<Figure>& figures, const std::filesystem::path& out,
                               const Rendering& rendering) {
  Folder folder(out);
  RenderedFigures rendered;
  rendered.drawn.assign(figures.size(), false);
  bool program_found = true;
  Failures failures;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    if (rendering.outputs.data)
      folder.write("data/" + figure.plot.name + ".csv", render(for_spreadsheets(figure.data), Format::csv));
    if (!rendering.outputs.figures) continue;
    const auto script = folder.write("figures/" + figure.plot.name + ".gp", script_of(figure));
    rendered.drawn[i] = draw_figure(script, folder, rendering.gnuplot, failures, program_found);
  }
  failures.tell(rendering.gnuplot, rendered.warnings);
  rendered.files = std::move(folder.written);
  return rendered;
}

ReportFiles render_report(const Comparison& comparison, const std::filesystem::path& out,
                          const Rendering& rendering) {
  Folder folder(out);
  ReportFiles files;
  files.headline = headline(comparison);
  if (comparison.counts.done == 0) {
    files.warnings.push_back(
        fmt::format("no run of study '{}' is finished: the report has no numbers", comparison.study));
  }
  if (auto look = look_at(comparison, "report")) files.looks.push_back(std::move(*look));
  const auto all = sections(comparison);
  RenderedFigures rendered = render_figures(figures(all), out, rendering);
  if (rendering.outputs.tables) {
    for (const auto& [name, text] : table_texts(comparison, all)) folder.write(name, text);
  }
  files.main = out;
  for (const auto& [name, text] : pages(comparison, all, rendered.drawn, rendering))
    files.main = folder.write(name, text);
  files.files = std::move(rendered.files);
  files.files.insert(files.files.end(), folder.written.begin(), folder.written.end());
  files.warnings.insert(files.warnings.end(), rendered.warnings.begin(), rendered.warnings.end());
  return files;
}

}  // namespace ablate
