#include "report/outputs.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"

namespace ablate {
namespace {

struct Output {
  const char* name;
  bool Outputs::*wanted;
};
constexpr Output table[] = {{"html", &Outputs::html},
                            {"markdown", &Outputs::markdown},
                            {"tables", &Outputs::tables},
                            {"figures", &Outputs::figures},
                            {"data", &Outputs::data}};

void add(Outputs& outputs, const std::string& name) {
  for (const Output& output : table) {
    if (name == output.name) {
      outputs.*output.wanted = true;
      return;
    }
  }
  throw RequestError(fmt::format("there is no output '{}'", name), suggestion(name, output_names()));
}

}  // namespace

std::vector<std::string> output_names() {
  std::vector<std::string> names;
  for (const Output& output : table) names.emplace_back(output.name);
  return names;
}

Outputs parse_outputs(const std::string& list) {
  if (list.empty() || list == "all") return {};
  Outputs outputs{false, false, false, false, false};
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    add(outputs, list.substr(begin, end - begin));
    begin = end + 1;
  }
  return outputs;
}

}  // namespace ablate
