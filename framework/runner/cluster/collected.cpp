#include "runner/cluster/collected.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace ablate {

// Lines of "NAME UUID:EPOCHS UUID:EPOCHS ...".

Collected read_collected(const std::filesystem::path& file) {
  Collected collected;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    auto& runs = collected[word];
    while (words >> word) {
      const std::size_t colon = word.find(':');
      if (colon != std::string::npos) runs[word.substr(0, colon)] = std::atoi(word.c_str() + colon + 1);
    }
  }
  return collected;
}

void add_collected(const std::filesystem::path& file, const Collected& merged) {
  std::ofstream out(file, std::ios::app);
  for (const auto& [name, runs] : merged) {
    out << name;
    for (const auto& [uuid, epochs] : runs) out << " " << uuid << ":" << epochs;
    out << "\n";
  }
}

}  // namespace ablate
