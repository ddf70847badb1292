#pragma once
/// A section of a report, as one plain value: what pages show of it and which files it writes.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/finding_kinds.hpp"
#include "report/comparison.hpp"
#include "report/evidence.hpp"
#include "report/figure.hpp"
#include "report/paper.hpp"
#include "text/table.hpp"

namespace ablate {

/// A table on a page; it is left out where it has no rows.
struct PageTable {
  std::string id;     ///< of the HTML table
  std::string label;  ///< what it is called aloud
  Table table;
  std::string heading = {};           ///< above it
  std::optional<Table> excerpt = {};  ///< stands for it on a page that cannot filter rows
  bool is_text_only = false;          ///< left out of the HTML page, which shows it otherwise
  bool filter = false;                ///< with a field that filters its rows
  std::size_t more = 0;               ///< rows that are left out, and are in `more_file`
  std::string more_file = {};
};

/// A finding of an audit.
struct SectionFinding {
  Severity severity = Severity::note;
  std::string kind, detail, extent;
};

/// A number with a word below it.
struct CountTile {
  std::size_t number = 0;
  std::string name;
};

/// A file of tables/, and how the page leads to it: "In full: " tables/comparison.csv "; for a paper: ".
struct FileLink {
  std::string before, name, after;
};

struct TableFile {
  std::string name;  ///< "comparison": tables/comparison.csv
  Table table;
};

/// Something that is chosen beside a drawing.
struct Control {
  std::string id, label;
  std::vector<std::pair<std::string, std::string>> options = {};  ///< value and text; a script may add some
  bool is_box = false;                                            ///< to tick, in place of a list
  bool ticked = false;
};

/// A place of the HTML page that reports/templates/report.js draws in. Pages without a script have none.
struct Drawing {
  std::string id;
  std::string label = {};  ///< of a region that holds elements; empty: Chart.js draws
  std::string heading = {};
  std::vector<Control> controls = {};
  std::string picture = {};  ///< an SVG element that needs no script; empty: a script draws
  std::string caption = {};
  std::string slot = {};  ///< id of what a script writes behind the caption, and what is behind it
  std::string caption_end = {};
  bool low = false, legend = false;
  std::string numbers = {};  ///< what its table of numbers is called aloud; empty: there is none
  Evidence evidence = {};
};

/// Images beside one another, each with lines of text below it.
struct GalleryTile {
  std::string picture;  ///< a "data:" address; empty: there is none
  std::string title;
  std::vector<std::string> lines;
};
struct Gallery {
  std::string heading;
  std::vector<GalleryTile> tiles;
};

struct Section {
  std::string id;  ///< begins the ids of its HTML elements
  std::string title;
  bool is_shown = true;      ///< on pages; files are written all the same
  bool is_appendix = false;  ///< is behind the figures where they have a section of their own
  std::vector<CountTile> tiles = {};
  std::vector<std::string> paragraphs = {};
  std::vector<PageTable> tables = {};
  std::vector<Gallery> galleries = {};    ///< of the HTML page
  std::vector<std::string> remarks = {};  ///< paragraphs below the tables
  std::string excerpt_note = {};          ///< the first of the notes of an excerpt
  std::vector<std::string> notes = {};    ///< what a reader must know beyond the tables' heads
  std::vector<SectionFinding> findings = {};
  std::vector<FileLink> links = {};
  std::optional<Evidence> evidence = {};
  std::vector<Drawing> drawings = {};
  std::vector<Figure> figures = {};
  std::vector<TableFile> files = {};
  std::vector<PaperTable> papers = {};

  /// What a page without a script has of it beside the figures.
  bool has_text() const {
    return drawings.empty() || !paragraphs.empty() || !tables.empty() || !notes.empty() || !findings.empty();
  }
};

}  // namespace ablate
