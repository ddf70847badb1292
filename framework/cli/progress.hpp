#pragma once
/// What a sweep shows while it works.

#include <memory>
#include <string>

#include "ablate/cli/console.hpp"
#include "ablate/runner/sweep.hpp"

namespace ablate {

/// On a terminal: a bar for the sweep and a line for the run under way, drawn in place. Elsewhere: a plain
/// line a finished cell. Quiet: nothing but cells that failed or diverged.
enum class Display { terminal, lines, quiet };

std::unique_ptr<SweepListener> make_progress(Console& console, Display display);

/// "[#####.....]" of `width` characters between the brackets; `share` in [0, 1].
std::string progress_bar(double share, int width);

/// A line cut to `width` columns with "..." where it is too long; a column a code point.
std::string fit(const std::string& line, int width);

}  // namespace ablate
