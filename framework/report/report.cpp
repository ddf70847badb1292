#include "report/report.hpp"

#include "report/collect.hpp"
#include "report/render.hpp"

namespace ablate {

ReportFiles write_report(const Reader& reader, const std::string& study, const ReportOptions& options) {
  const Rendering rendering = rendering_of(options);
  return render_report(collect(reader, study, options), options.out, rendering);
}

bool is_current(const Reader& reader, const std::string& study, const ReportOptions& options) {
  return is_rendered(collect(reader, study, options), options.out, rendering_of(options));
}

}  // namespace ablate
