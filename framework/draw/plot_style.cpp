#include "draw/plot_style.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "compute/functions.hpp"
#include "draw/plot.hpp"

namespace ablate {
namespace {

// The palette that Okabe and Ito published in 2008 for colour-blind readers ("Color Universal Design"); its
// yellow, too pale on paper, gives way to a grey. Dashes are in units of the line's width.
struct Style {
  const char* colour;
  const char* dashes;
};
constexpr std::array<Style, plot_styles> styles = {{{"#000000", "solid"},
                                                    {"#D55E00", "(14,5)"},
                                                    {"#0072B2", "solid"},
                                                    {"#009E73", "(14,4,3,4)"},
                                                    {"#CC79A7", "(5,4)"},
                                                    {"#E69F00", "solid"},
                                                    {"#56B4E9", "(20,4)"},
                                                    {"#777777", "(2,4)"}}};

// Gnuplot's disc, square, triangles, diamond and their outlines: for a study of a single epoch.
constexpr std::array<int, 8> points = {7, 5, 9, 11, 13, 6, 4, 8};

double ten_to(int decade) {
  const double power = compute::power(10.0, static_cast<std::uint64_t>(std::abs(decade)));
  return decade < 0 ? 1.0 / power : power;
}

}  // namespace

const char* plot_colour(std::size_t style) { return styles[style % plot_styles].colour; }

/// Type of 7 points in the PDF.
std::string plot_header(const Page& page) {
  std::string text = fmt::format(
      "# Draws {0}.svg; {0}.pdf, {0}.png: gnuplot -e \"format = 'pdf'\" {0}.gp\n"
      "if (!exists(\"format\")) format = 'svg'\n"
      "if (format eq 'png') {{\n"
      "  set terminal pngcairo noenhanced size {1},{2} font 'sans,9' fontscale 2 linewidth 2\n"
      "}}\n"
      "if (format eq 'pdf') {{\n"
      "  set terminal pdfcairo noenhanced size {5:.3f}in,{6:.3f}in font 'sans,7' linewidth 0.7\n"
      "}}\n"
      "if (format eq 'svg') {{\n"
      "  set terminal svg noenhanced size {3},{4} font 'sans-serif,12' background '#ffffff'\n"
      "}}\n"
      "set output '{0}.'.format\n"
      "set encoding utf8\n"
      "set border 3 linecolor rgb '#444444'\n"
      "set tics nomirror out scale 0.5 textcolor rgb '#222222'\n"
      "set grid ytics linetype 1 linecolor rgb '#e4e4e4' linewidth 0.5\n"
      "set format '%g'\n"
      "unset key\n",
      page.name, 2 * page.width, 2 * page.height, page.width, page.height, page.inches,
      page.inches * page.height / page.width);
  for (std::size_t i = 0; i < styles.size(); ++i) {
    text += fmt::format(
        "set style line {} linecolor rgb '{}' linewidth {} dashtype {} pointtype {} pointsize 0.9\n", i + 1,
        styles[i].colour, i == 0 ? 2.0 : 1.6, styles[i].dashes, points[i % points.size()]);
  }
  return text;
}

double within_axes(double value) { return std::clamp(value, -largest_drawn, largest_drawn); }

int decade_of(double number) {
  constexpr int most = 300;
  int decade = 0;
  while (decade < most && ten_to(decade + 1) <= number) ++decade;
  while (decade > -most && ten_to(decade) > number) --decade;
  return decade;
}

double tic_step(double span, double most) {
  for (int decade = decade_of(span / most);; ++decade) {
    const double power = ten_to(decade);
    for (const double step : {power, 2 * power, 5 * power}) {
      if (span / step <= most) return step;
    }
  }
}

int tic_decimals(double step) { return -decade_of(step * (1.0 + 1e-9)); }

std::string tic_format(double step) {
  const int decimals = tic_decimals(step);
  return decimals > 5 ? "%g" : fmt::format("%.{}f", std::max(0, decimals));
}

}  // namespace ablate
