#pragma once
/// The question that a report answers, as the study file declares it in `report.contrast`.

#include <string>
#include <vector>

#include "config/field.hpp"

namespace ablate {

/// One change of one factor, and where its effect may differ.
struct ContrastSettings {
  std::string factor{};
  std::string from{};
  std::string to{};
  std::vector<std::string> by{};
  double margin = 0.0;
  friend bool operator==(const ContrastSettings&, const ContrastSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, ContrastSettings& s) {
  visit(
      s.factor,
      {.key = "factor",
       .help =
           "The setting whose effect is asked about, by its key, the key's end (`skip`) or its "
           "name in `variants.factors`. Empty: the first that the variants change, if they are a factorial."});
  visit(s.from, {.key = "from", .help = "The level that others are compared with. Empty: the baseline's."});
  visit(s.to,
        {.key = "to", .help = "The level that is compared with it. Empty: each of the others in turn."});
  visit(s.by,
        {.key = "by",
         .help = "Factors at each of whose levels the effect is reported. Empty: up to three others with "
                 "at most six levels each."});
  visit(s.margin, {.key = "margin",
                   .help = "The smallest difference of interest, in the unit of `primary`: an effect that is "
                           "surely within it is called the same. 0: nothing is.",
                   .range = from_to(0, 1'000'000)});
}

}  // namespace ablate
