#pragma once
/// Sections as the templates of a page take them.

#include <functional>
#include <string>
#include <vector>

#include <kainjow/mustache.hpp>

#include "report/sections/section.hpp"

namespace ablate {

/// What a page's format writes itself, and a template inserts as it is.
struct PageFormat {
  std::function<std::string(const PageTable&)> table;
  std::function<std::string(const std::string&)> sql;
  bool has_script = false;  ///< draws, and filters the rows of tables
};

/// The shown ones; with `appendix` those that are behind the figures, else the others.
kainjow::mustache::list sections_data(const std::vector<Section>& sections, const PageFormat& format,
                                      bool appendix = false);

/// "sql" and "runs".
kainjow::mustache::data source_data(const Evidence& source, const PageFormat& format);

/// Findings of the audit that belong at the head of a page: not the notes.
kainjow::mustache::list head_findings(const Comparison& comparison);

/// False, which leaves out a section of a template, for the empty text.
kainjow::mustache::data text_or_nothing(const std::string& text);

kainjow::mustache::list texts_data(const std::vector<std::string>& texts);

}  // namespace ablate
