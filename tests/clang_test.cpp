#include <cctype>
#include <filesystem>
#include <regex>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace {

namespace fs = std::filesystem;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// The code with spaces for comments, texts and characters.
std::string bare(std::string code) {
  static const std::regex others(R"rx(//[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+')rx");
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::sregex_iterator found(code.begin(), code.end(), others), end; found != end; ++found)
    places.emplace_back(found->position(), found->length());
  for (const auto& [from, length] : places) code.replace(from, length, length, ' ');
  return code;
}

/// Behind the bracket that closes the one at `open`.
std::size_t closed(const std::string& code, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    depth += (code[i] == '{' || code[i] == '(' || code[i] == '[') ? 1 : 0;
    depth -= (code[i] == '}' || code[i] == ')' || code[i] == ']') ? 1 : 0;
    if (depth == 0) return i + 1;
  }
  return code.size();
}

/// Where the names that are bound at `from` end: with their block, or with the statement of their `for` or `if`.
std::size_t end_of_scope(const std::string& code, std::size_t from) {
  for (std::size_t i = from; i < code.size(); ++i) {
    if (code[i] == '{' || code[i] == '(' || code[i] == '[') {
      i = closed(code, i) - 1;
    } else if (code[i] == '}') {
      return i;
    } else if (code[i] == ')') {
      std::size_t next = code.find_first_not_of(" \n", i + 1);
      if (next != std::string::npos && code[next] == '{') return closed(code, next);
      while (next < code.size() && code[next] != ';')
        next = code[next] == '{' || code[next] == '(' ? closed(code, next) : next + 1;
      return next;
    }
  }
  return code.size();
}

bool has_word(const std::string& code, const std::string& word) {
  for (std::size_t at = code.find(word); at != std::string::npos; at = code.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : code[at - 1];
    const std::size_t end = at + word.size();
    const bool is_member = before == '.' || before == ':' || (before == '>' && at > 1 && code[at - 2] == '-');
    if (!is_word(before) && !is_member && (end == code.size() || !is_word(code[end]))) return true;
  }
  return false;
}

/// Whether a lambda within the code takes the name from outside.
bool is_captured(const std::string& code, const std::string& name) {
  static const std::regex lambda(
      R"((^|[(,=?:{;&|]|return)\s*\[(&|=|[&=]?\s*\w+[^\]]*|[&=],[^\]]*)\]\s*[({])");
  for (std::sregex_iterator found(code.begin(), code.end(), lambda), end; found != end; ++found) {
    const std::string captures = (*found)[2];
    const auto open = static_cast<std::size_t>(found->position() + found->length() - 1);
    std::size_t body = code[open] == '{' ? open : code.find('{', closed(code, open));
    if (body == std::string::npos) continue;
    const bool by_default = captures.size() == 1 || captures[1] == ',';
    const std::string used = by_default ? code.substr(body, closed(code, body) - body) : captures;
    if (has_word(used, name) && !std::regex_search(captures, std::regex("= *" + name + "\\b"))) return true;
  }
  return false;
}

/// Names of structured bindings that a lambda captures.
std::vector<std::string> captured_bindings(const std::string& text) {
  static const std::regex binding(R"(\bauto\s*&{0,2}\s*\[([^\]]*)\])");
  const std::string code = bare(text);
  std::vector<std::string> captured;
  for (std::sregex_iterator found(code.begin(), code.end(), binding), end; found != end; ++found) {
    const auto from = static_cast<std::size_t>(found->position() + found->length());
    const std::string scope = code.substr(from, end_of_scope(code, from) - from);
    std::istringstream names((*found)[1].str());
    for (std::string name; std::getline(names, name, ',');) {
      name.erase(0, name.find_first_not_of(" \n"));
      if (is_captured(scope, name)) captured.push_back(name);
    }
  }
  return captured;
}

}  // namespace

TEST_CASE("a structured binding that a lambda captures is found, and nothing else is") {
  using Names = std::vector<std::string>;
  CHECK(captured_bindings("{ const auto [a, b] = f(); g([&] { return a + 1; }); }") == Names{"a"});
  CHECK(captured_bindings("for (const auto& [a, b] : all) h(x, [=](int i) { return i + b; });") ==
        Names{"b"});
  CHECK(captured_bindings("{ auto& [a, b] = f(); const auto g = [&a] { return 1; }; }") == Names{"a"});
  CHECK(captured_bindings("{ auto [a, b] = f(); g([a = a, &c] { return a; }); }").empty());
  CHECK(captured_bindings("{ auto [a, b] = f(); } g([&] { return a; });").empty());
  CHECK(captured_bindings("for (auto [a, b] : all) a = 1; g([&] { return a; });").empty());
  CHECK(
      captured_bindings("{ auto [a, b] = f(); g([&] { return x.a + y->b + T::a; }, \"a\"); // a\n}").empty());
  CHECK(captured_bindings("g([&] { auto [a, b] = f(); return list[a]; });").empty());
}

TEST_CASE("no lambda captures a structured binding, which clang before 16 does not compile") {
  std::vector<std::string> found;
  for (const char* folder : {"framework", "experiments", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(ablate::test::source_folder() / folder)) {
      const std::string extension = entry.path().extension().string();
      if ((extension != ".cpp" && extension != ".hpp") || entry.path().filename() == "clang_test.cpp")
        continue;
      for (const std::string& name : captured_bindings(ablate::read_file(entry.path(), 1 << 20)))
        found.push_back(fmt::format("{}: {}", entry.path().filename().string(), name));
    }
  }
  CHECK(found == std::vector<std::string>());
}
