#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = ablate::test::source_folder();

/// Every source of the project with one of these extensions, with its lines.
std::map<std::string, std::vector<std::string>> read_sources(const std::set<std::string>& extensions) {
  std::map<std::string, std::vector<std::string>> sources;
  for (const char* top : {"framework", "experiments", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source / top)) {
      if (!extensions.contains(entry.path().extension().string())) continue;
      std::istringstream text(ablate::read_file(entry.path(), 1 << 20));
      auto& lines = sources[fs::relative(entry.path(), source).string()];
      for (std::string line; std::getline(text, line);) lines.push_back(line);
    }
  }
  return sources;
}

struct Function {
  std::size_t line = 0, length = 0;  ///< its first line, from 1; lines from there to its last brace
  std::string head;
};

/// Finds functions and methods by their indentation, which clang-format sees to: namespaces have none, members stand two
/// to the right of their class. Tests are not functions.
class FunctionFinder {
 public:
  std::vector<Function> find(const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) read(lines[i], i + 1);
    return std::move(found_);
  }

 private:
  void read(const std::string& line, std::size_t number) {
    if (is_in_raw_text(line)) return;
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string code = line.substr(indent, line.find("  //") - indent);
    if (inside_) {
      if (indent != members_ || code.empty() || code[0] != '}') return;
      found_.back().length = number - found_.back().line + 1;
      inside_ = false;
    } else if (members_ > 0 && indent + 2 == members_ && !code.empty() && code[0] == '}') {
      members_ -= 2;
      head_.clear();
    } else if (!head_.empty()) {
      go_on(code);
    } else if (indent == members_ && begins(code)) {
      first_ = number;
      go_on(code);
    }
  }

  void go_on(const std::string& code) {
    static const std::regex type(R"(^(template ?<.*> ?)?(struct|class|union|enum)\b[^()]*\{$)"),
        label(R"(^(public|private|protected):$)");
    head_ += (head_.empty() ? "" : " ") + code;
    if (code.ends_with('{')) {
      const bool is_value = head_.ends_with("= {") || head_.find('(') == std::string::npos;
      if (std::regex_match(head_, type)) {
        members_ += 2;
      } else if (!is_value) {
        found_.push_back({first_, 0, head_});
        inside_ = true;
      }
    }
    if (code.ends_with('{') || code.ends_with(';') || code.ends_with('}') || std::regex_match(head_, label))
      head_.clear();
  }

  static bool begins(const std::string& code) {
    static const std::regex other(R"(^(namespace|using|TEST_CASE|extern "C"|static_assert)\b.*)");
    const bool is_word = !code.empty() && (std::isalpha(static_cast<unsigned char>(code[0])) ||
                                           code[0] == '~' || code[0] == '[');
    return is_word && !std::regex_match(code, other);
  }

  /// A raw text over several lines is a value or a part of a body, and ends what it stands in as a head.
  bool is_in_raw_text(const std::string& line) {
    static const std::regex opens(R"re(R"(\w*)\()re");
    std::smatch open;
    if (!raw_end_.empty()) {
      if (line.find(raw_end_) != std::string::npos) raw_end_.clear();
      return true;
    }
    if (!std::regex_search(line, open, opens)) return false;
    const std::string end = ")" + open[1].str() + "\"";
    if (open.suffix().str().find(end) == std::string::npos) raw_end_ = end;
    if (!raw_end_.empty()) head_.clear();
    return !raw_end_.empty();
  }

  std::vector<Function> found_;
  std::string head_, raw_end_;
  std::size_t members_ = 0,
              first_ = 0;  ///< where members of the class at hand, or functions of no class, begin
  bool inside_ = false;
};

}  // namespace

TEST_CASE("functions are found whatever they begin with, and tests, tables and declarations are none") {
  const std::string text = R"source(namespace ablate {
constexpr int table[] = {
    1, 2};
int declared(int a,
             int b);
const std::string& first() {
  return text;
}
template <class T>
T second(T value) {
  return value;
}
class Room {
 public:
  explicit Room(int a)
      : a_(a) {
    b_ = a;
  }
  int third() const { return a_; }

 private:
  struct Inner {
    void fourth() {
      return;
    }
  };
};
constexpr auto sql = R"(
int none() {
)";
int fifth() {
  return R"(
}
)";
}
TEST_CASE("none") {
}
}  // namespace ablate
)source";
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (const Function& function : FunctionFinder().find(lines))
    found.emplace_back(function.line, function.length);
  CHECK(found == std::vector<std::pair<std::size_t, std::size_t>>{{6, 3}, {9, 4}, {15, 4}, {23, 3}, {31, 5}});
}

TEST_CASE("no source is longer than 350 lines and no function longer than 40, but for tables") {
  const std::set<std::string> tables = {"framework/config/settings.hpp"};
  const auto sources = read_sources({".cpp", ".hpp"});
  CHECK(sources.size() > 400);
  std::size_t functions = 0;
  for (const auto& [path, lines] : sources) {
    if (tables.contains(path)) continue;
    CAPTURE(path);
    CHECK(lines.size() <= 350);
    for (const Function& function : FunctionFinder().find(lines)) {
      CAPTURE(function.line, function.head);
      CHECK(function.length <= 40);
      ++functions;
    }
  }
  CHECK(functions > 3000);
  for (const auto& [path, lines] : read_sources({".py", ".sh"})) {
    CAPTURE(path);
    CHECK(lines.size() <= 350);
  }
}
