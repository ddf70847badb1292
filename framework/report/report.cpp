#include "report/report.hpp"

#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/render.hpp"

namespace ablate {

ReportFiles write_report(const Reader& reader, const std::string& study, const ReportOptions& options) {
  const Rendering rendering = rendering_of(options);
  return render_report(collect(reader, study, options), options.out, rendering);
}

ReportFiles update_report(const Reader& reader, const std::string& study, const ReportOptions& options) {
  const Rendering rendering = rendering_of(options);
  const Comparison comparison = collect(reader, study, options);
  if (!is_rendered(comparison, options.out, rendering))
    return render_report(comparison, options.out, rendering);
  ReportFiles kept;
  kept.main = options.out / "report.md";
  kept.headline = headline(comparison);
  return kept;
}

}  // namespace ablate
