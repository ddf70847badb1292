#include "report/paper.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/phrases.hpp"
#include "report/render.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"
#include "support/approve.hpp"
#include "support/programs.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

const std::string hostile =
    "a|b <script>alert('x')</script> & _u_ 50 % $k$ # \\ \"q\" `id` {b} [l] ~^ -- ,, ?` "
    "\\end{tabular}\n\nnext "
    "\u05E9\u05DC\u05D5\u05DD \u202E \U0001F642 \u4E2D \u0301 \xff \u00AD \u1E9E";

bool has_latex() {
  const bool has = has_program("pdflatex") &&
                   std::system("kpsewhich siunitx.sty adjustbox.sty booktabs.sty >/dev/null 2>&1") == 0;
  if (!has)
    WARN(
        "no pdflatex with siunitx and adjustbox here: the tables were not compiled "
        "(apt install texlive-latex-extra texlive-science)");
  return has;
}

/// What pdflatex says of a document of the folder; it must not fail.
std::string compiled(const std::filesystem::path& folder, const std::string& document = "tables") {
  const std::string command =
      fmt::format("cd '{}' && pdflatex -interaction=nonstopmode -halt-on-error {}.tex >/dev/null 2>&1",
                  folder.string(), document);
  const int code = std::system(command.c_str());
  const std::string log = valid_utf8(read_file(folder / (document + ".log"), 1 << 24));
  INFO(log.substr(log.size() - std::min<std::size_t>(log.size(), 2000)));
  CHECK(code == 0);
  return log;
}

void write_tables(const StudyRecords& records, const TestFolder& folder, const ReportOptions& options = {}) {
  render_report(compare(records, options), folder.path(), {.outputs = parse_outputs("tables")});
}

StudyRecords hostile_study() {
  auto records = synthetic::records({{hostile, hostile + "2", "c", "d"}, 3, 2, true});
  records.study.name = records.study.question = hostile;
  for (const std::size_t i : {1u, 3u}) records.variants[i].factors[0].value = hostile;
  records.leaks.push_back({1, {"trained_on_test", hostile, 4000}});
  synthetic::end(records, 6, RunStatus::failed, hostile);
  return records;
}

const PaperTable& named(const std::vector<PaperTable>& tables, const std::string& name) {
  for (const PaperTable& table : tables) {
    if (table.name == name) return table;
  }
  throw std::out_of_range(name);
}

}  // namespace

TEST_CASE("the LaTeX tables of a small factorial are the approved ones") {
  auto records = synthetic::records({{"none 64", "skip 64", "none 128", "skip 128"}, 3, 1, true});
  synthetic::end(records, 6, RunStatus::diverged, "the loss is not a number in epoch 3");
  records.leaks.push_back({1, {"trained_on_test", "The test images were trained on.", 4000}});
  const auto comparison = compare(records, {});
  const auto tables = papers_of(comparison);
  CHECK(tables.size() == 6);
  for (const char* name : {"comparison", "factors"}) {
    ablate::test::approve(fmt::format("tests/golden/report/{}.tex", name),
                          render_paper(named(tables, name), comparison.study));
  }
}

TEST_CASE("every number of a LaTeX comparison is that of the CSV, rounded, its mean and interval aligned") {
  const auto comparison = compare(synthetic::records(), {});
  const auto tables = papers_of(comparison);
  const std::string text = render_paper(named(tables, "comparison"), comparison.study);
  const Difference& difference = *comparison.variants[1].difference;
  const int digits = decimals_of(difference.member);
  const Summary test = primary(comparison, comparison.variants[1]);
  const int mean_digits =
      std::max(decimals_for(primary(comparison, comparison.variants[0])), decimals_for(test));
  CHECK_THAT(
      text, Contains(fmt::format("\\textbf{{skip}} & projection & 64 & 3 & {:.{}f} & {{$\\pm$\\;}}{:.{}f} & ",
                                 test.mean, mean_digits, test.standard_deviation, mean_digits)));
  CHECK_THAT(text,
             Contains(fmt::format("& {:+.{}f} & {{[}}{:+.{}f}{{,}} & {:+.{}f}{{]}} & {:.4f} \\\\",
                                  difference.member.summary.mean, digits, difference.member.interval.low,
                                  digits, difference.member.interval.high, digits, difference.member.p)));
  CHECK_THAT(text,
             Contains(fmt::format(
                 "S[table-format=1.{0}]@{{\\;}}S[table-format=1.{0},table-space-text-pre={{$\\pm$\\;}}]",
                 mean_digits)));
}

TEST_CASE("the comment of a LaTeX table names the study, the packages, the SQL and the runs") {
  auto records = synthetic::records();
  records.study.name = "a\n\\input{evil}";
  const auto comparison = compare(records, {});
  for (const PaperTable& table : papers_of(comparison)) {
    const std::string text = render_paper(table, comparison.study);
    INFO(text);
    CHECK_THAT(text, Contains("Study: a \\input{evil}\n%") &&
                         Contains("\\usepackage{booktabs,siunitx,array,adjustbox}"));
    CHECK_THAT(text, Contains("%   SELECT v.name AS variant") && Contains("runs 1-6"));
    CHECK(text.find("\nSELECT") == std::string::npos);
  }
}

TEST_CASE("a paper has columns of factors, and names beside them where they say more") {
  const auto heads = [](const StudyRecords& records) {
    const std::vector<PaperTable> tables = papers_of(compare(records, {}));
    std::string text;
    for (const auto& column : named(tables, "comparison").columns) text += column.head + ";";
    return text;
  };
  auto records = synthetic::records();
  CHECK_THAT(heads(records), Contains("variant;skip;hidden;"));
  records.variants[0].name = "skip=none,hidden=64", records.variants[1].name = "skip=projection,hidden=64";
  CHECK_THAT(heads(records), !Contains("variant") && Contains("skip;hidden;"));
}

TEST_CASE("a value that is too small, too large or missing is said so and not aligned") {
  PaperTable table{"t", "T", {{"x"}, {"p", PaperKind::number}, {"m", PaperKind::mean}}, {}, {}, {}};
  table.rows = {{{"a"}, {"< 0.0001"}, {"", {1e300, 1.0}}},
                {{"b"}, {"", {-0.00001}}, {"", {undefined, undefined}}}};
  const std::string text = render_paper(table, "s");
  CHECK_THAT(text, Contains("a & {\\textless{} 0.0001} & {\\num{1e+300}} &  \\\\"));
  CHECK_THAT(text, Contains("b & 0.0000 & {--} &  \\\\"));
}

TEST_CASE("LaTeX sets letters and signs that T1 has, and stands codes for others") {
  CHECK(escape_latex("größer ≤ λ → Ł") == "größer $\\leq$ $\\lambda$ $\\rightarrow$ Ł");
  CHECK(escape_latex("\U0001F642\u05D0") == "\\texttt{U+1F642}\\texttt{U+05D0}");
  CHECK(escape_latex("--,,'`") == "-{}-,{},\\textquotesingle{}\\textasciigrave{}");
  CHECK(escape_latex("a\u202E\nb\xff") == "a  b\\texttt{U+FFFD}");
}

TEST_CASE("pdflatex compiles the tables, with hostile names, without a line that is too wide") {
  if (!has_latex()) return;
  const TestFolder plain("latex-plain"), bad("latex-hostile");
  write_tables(synthetic::records({{"none 64", "skip 64", "none 128", "skip 128"}, 3, 1, true}), plain);
  CHECK_THAT(compiled(plain.path() / "tables"), !Contains("Overfull"));
  ReportOptions options;
  options.factors = {{"model.hidden", hostile, {{"64", hostile}}}};
  write_tables(hostile_study(), bad, options);
  compiled(bad.path() / "tables");
}

TEST_CASE("pdflatex sets every character that is not given as its code") {
  if (!has_latex()) return;
  const TestFolder folder("latex-characters");
  std::string text =
      "\\documentclass{article}\\usepackage[T1]{fontenc}\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}"
      "\\begin{document}\n";
  std::size_t set = 0;
  for (char32_t c = 0x20; c < 0x2300; ++c) {
    std::string character;
    append_utf8(character, c);
    const std::string escaped = escape_latex(character);
    if (escaped.starts_with("\\texttt")) continue;
    text += escaped + "\n";
    ++set;
  }
  CHECK(set > 350);
  write_file(folder.path() / "all.tex", text + "\\end{document}\n");
  CHECK_THAT(compiled(folder.path(), "all"), !Contains("Missing character"));
}

TEST_CASE("a long table runs over pages and keeps to the line of an article") {
  const TestFolder folder("latex-long");
  synthetic::Shape shape;
  shape.variants.clear();
  for (int i = 0; i < 55; ++i)
    shape.variants.push_back(fmt::format("skip=projection,hidden={},rate={}", 64 << (i % 4), i));
  const auto records = synthetic::records(shape);
  write_tables(records, folder);
  const std::string text = folder.text("tables/comparison.tex");
  std::size_t boxes = 0;
  for (std::size_t at = text.find("\\begin{tabular}"); at != std::string::npos;
       at = text.find("\\begin{tabular}", at + 1))
    ++boxes;
  CHECK(boxes == 2);
  CHECK_THAT(text, Contains("not within a table environment") &&
                       Contains("\\rlap{variant}\\phantom{skip=projection,"));
  if (!has_latex()) return;
  write_file(folder.path() / "tables/narrow.tex",
             "\\documentclass[twocolumn]{article}\\usepackage[T1]{fontenc}\\usepackage{booktabs,siunitx,"
             "array,adjustbox}"
             "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\\begin{document}\\noindent\\input{"
             "comparison}\\end{document}\n");
  CHECK_THAT(compiled(folder.path() / "tables", "narrow"), !Contains("Overfull"));
  compiled(folder.path() / "tables");
}

TEST_CASE("pdflatex compiles the tables of poor studies") {
  if (!has_latex()) return;
  auto none_done = synthetic::records(), no_baseline = none_done, no_numbers = none_done;
  for (std::int64_t run = 1; run <= 6; ++run) synthetic::end(none_done, run, RunStatus::diverged, "nan");
  no_baseline.variants[0].is_baseline = false;
  for (auto& row : no_numbers.selected) row.suite = MetricSuite{};
  StudyRecords empty;
  empty.study.name = "empty";
  for (const StudyRecords& records :
       {none_done, no_baseline, no_numbers, empty, synthetic::records({{"alone"}, 1, 1, false})}) {
    const TestFolder folder("latex-poor");
    write_tables(records, folder);
    compiled(folder.path() / "tables");
  }
}
