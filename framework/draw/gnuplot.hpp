#pragma once
/// Draws a script by the program gnuplot.

#include <filesystem>
#include <string>

namespace ablate {

enum class Drawn { yes, no_program, failed };

struct DrawResult {
  Drawn drawn = Drawn::yes;
  std::string message;  ///< why not: what gnuplot wrote to stderr
};

/// Runs `program` on `script` within the script's folder, without a shell and without the user's settings;
/// the variable `format` ("svg", "pdf", "png") is set first. The same script gives the same bytes. `program`
/// is looked up on the path.
DrawResult draw(const std::filesystem::path& script, const std::string& format,
                const std::string& program = "gnuplot");

}  // namespace ablate
