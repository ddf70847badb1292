#pragma once
/// Draws a script by the program gnuplot.

#include <filesystem>
#include <string>
#include <vector>

namespace ablate {

enum class Drawn { yes, no_program, failed, too_slow };

struct DrawResult {
  Drawn drawn = Drawn::yes;
  std::string message;  ///< why not: what gnuplot wrote to stderr
};

/// Runs `program` once on `script` for each of `formats` ("svg", "pdf", "png") in turn, which the variable `format` says,
/// without a shell and without the user's settings, in a folder of its own from which the pictures come beside the script
/// once all are whole. The same script gives the same bytes, whichever formats were drawn before. `program` is looked up
/// on the path, and killed where it takes longer than `seconds`.
DrawResult draw(const std::filesystem::path& script, const std::vector<std::string>& formats,
                const std::string& program = "gnuplot", double seconds = 60.0);

}  // namespace ablate
