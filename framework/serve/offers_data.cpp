// What may follow in a condition: the words of `ablate complete`, and those of which a half-typed word is a part.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "serve/live_data.hpp"
#include "text/half_word.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_offers = 30;

struct OfferedWord {
  std::string word, about;
};

/// "word<tab>what it is about" line by line, behind a first line that speaks of paths.
std::vector<OfferedWord> words_of(const std::string& said) {
  std::vector<OfferedWord> words;
  std::size_t begin = std::min(said.find('\n'), said.size() - 1) + 1;
  while (begin < said.size()) {
    const std::size_t end = std::min(said.find('\n', begin), said.size());
    const std::string line = said.substr(begin, end - begin);
    const std::size_t tab = std::min(line.find('\t'), line.size());
    words.push_back({line.substr(0, tab), tab < line.size() ? line.substr(tab + 1) : ""});
    begin = end + 1;
  }
  return words;
}

/// How well `typed` begins a word: 0 it does, with or without the word's backtick, 1 a part of it behind a dot does, 2
/// neither.
int distance(const std::string& word, const std::string& typed) {
  if (word.starts_with(typed) || word.starts_with('`' + typed)) return 0;
  return word.find("." + typed) == std::string::npos ? 2 : 1;
}

/// Those that the half-typed word begins, the nearest first.
std::vector<OfferedWord> fitting(std::vector<OfferedWord> words, std::size_t before,
                                 const std::string& typed) {
  const auto far = [&](const OfferedWord& one) { return distance(one.word.substr(before), typed); };
  std::erase_if(words, [&](const OfferedWord& one) { return one.word.size() < before || far(one) == 2; });
  std::stable_sort(words.begin(), words.end(),
                   [&](const OfferedWord& a, const OfferedWord& b) { return far(a) < far(b); });
  return words;
}

}  // namespace

WebAnswer LiveData::offers(const WebRequest& request) {
  const std::string typed = request.parameter("typed");
  const std::size_t before = half_word(typed);
  const Captured said = ask_child(
      {"complete", "--", "runs", "--db", sources_.database.string(), "--where", typed.substr(0, before)}, {},
      stop_);
  std::vector<OfferedWord> words = fitting(words_of(said.out), before, typed.substr(before));
  if (words.size() > most_offers) words.resize(most_offers);
  Json offers = Json::array();
  for (const auto& [word, about] : words) offers.push_back({{"word", word}, {"about", about}});
  return {200,
          "application/json",
          Json{{"offers", std::move(offers)}, {"from", before}}.dump(-1, ' ', false,
                                                                     Json::error_handler_t::replace),
          {}};
}

}  // namespace ablate
