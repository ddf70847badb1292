#include "report/figure.hpp"

namespace ablate {

std::string script_of(const Figure& figure) {
  return figure.forest ? gnuplot_script(*figure.forest) : gnuplot_script(figure.plot);
}

}  // namespace ablate
