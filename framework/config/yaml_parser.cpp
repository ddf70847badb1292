#include "config/yaml_parser.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "config/plain_text.hpp"
#include "config/yaml_source.hpp"

namespace ablate {
namespace {

/// Builds the tree from the parser's events. Values under construction are on a stack; a finished one goes
/// into its parent: as an item, as a key or as the value of the last key.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& text, const YamlSource& source, std::vector<std::string>* warnings)
      : text_(text), source_(source), warnings_(warnings) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override { end_text(text_.size()); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    end_text(offset(mark));
    finish(Node(Node::Kind::null, place(mark)), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_tag(mark, tag, "seq");
    open(Node::Kind::sequence, mark, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_tag(mark, tag, "map");
    open(Node::Kind::mapping, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  Location place(const YAML::Mark& mark) const {
    if (mark.is_null()) return {source_.place(0).file, 0, 0};
    return source_.place(offset(mark));
  }
  Node take() { return std::move(root_); }

  /// Where a parser that stopped at `mark` was led astray by tabs or by a text without an end, what to try.
  std::string hint_at(const YAML::Mark& mark) const {
    const std::size_t at = mark.is_null() ? text_.size() : offset(mark);
    if (source_.tab_indents(at)) return "indent with spaces: this line begins with a tab";
    const std::string swallowed = text_begin_ ? source_.swallowed_key(*text_begin_, at) : std::string();
    return swallowed.empty() ? "check indentation, quotes and brackets from there upwards"
                             : "close the quote before " + swallowed;
  }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    bool has_key = false;
    bool key_merges = false;
    std::string key;
    Location key_where;
    std::set<std::string> keys;
    std::vector<Node> merged;       ///< in order of precedence
    std::size_t merged_before = 0;  ///< entries of `node` that are before the merged ones
  };
  struct Anchored {
    Node node;
    std::size_t size = 0;
    std::size_t bytes = 0;
    int height = 0;
  };

  /// Marks count bytes, without the mark that may begin a file.
  std::size_t offset(const YAML::Mark& mark) const {
    const std::size_t before = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    return std::min(text_.size(), before + static_cast<std::size_t>(std::max(0, mark.pos)));
  }
  /// The text that came last is over before `offset`.
  void end_text(std::size_t offset);

  void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor);
  void close();
  void finish(Node node, YAML::anchor_t anchor);
  void attach(Node node);
  void take_key(Open& parent, const Node& node);
  void take_value(Open& parent, Node node);
  void take_merge(Open& parent, Node node);
  static void merge(Open& mapping);
  void count(std::size_t nodes, std::size_t bytes, const Location& where);
  void check_depth(std::size_t depth, const Location& where) const;
  void check_tag(const YAML::Mark& mark, const std::string& tag, const char* kind) const;

  const std::string& text_;
  const YamlSource& source_;
  std::vector<std::string>* warnings_;     // of texts that may have swallowed a key; may be null
  std::optional<std::size_t> text_begin_;  // of the scalar that came last
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t nodes_ = 0, bytes_ = 0;
  Node root_;
};

bool is_null_word(const std::string& text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::size_t nodes_of(const Node& node) {
  std::size_t size = 1;
  for (const Node& item : node.items) size += nodes_of(item);
  for (const Entry& entry : node.entries) size += nodes_of(entry.value);
  return size;
}

/// Of all its texts and keys.
std::size_t bytes_of(const Node& node) {
  std::size_t bytes = node.text.size();
  for (const Node& item : node.items) bytes += bytes_of(item);
  for (const Entry& entry : node.entries) bytes += entry.key.size() + bytes_of(entry.value);
  return bytes;
}

int height_of(const Node& node) {
  int height = 0;
  for (const Node& item : node.items) height = std::max(height, 1 + height_of(item));
  for (const Entry& entry : node.entries) height = std::max(height, 1 + height_of(entry.value));
  return height;
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  end_text(offset(mark));
  const bool plain = tag.empty() || tag == "?";
  if (!plain) check_tag(mark, tag, "str");
  if (!plain) source_.check_quotes(offset(mark));
  text_begin_ = offset(mark);
  if (!is_plain_text(value)) throw RequestError(place(mark), "an escape that is not text");
  const bool is_key = !open_.empty() && open_.back().node.is(Node::Kind::mapping) && !open_.back().has_key;
  if (plain) source_.check_spaces(value, offset(mark), is_key);
  if (plain && is_null_word(value)) return finish(Node(Node::Kind::null, place(mark)), anchor);
  Node node(Node::Kind::scalar, place(mark));
  node.text = value;
  node.quoted = !plain;
  finish(std::move(node), anchor);
}

void TreeBuilder::end_text(std::size_t offset) {
  if (!text_begin_) return;
  std::string swallowed = source_.swallowed_key(*text_begin_, offset);
  if (warnings_ && !swallowed.empty()) warnings_->push_back(std::move(swallowed));
  text_begin_.reset();
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  end_text(offset(mark));
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) throw RequestError(place(mark), "an alias inside the value that it refers to");
  const Anchored& anchored = found->second;
  count(anchored.size, anchored.bytes, place(mark));
  check_depth(open_.size() + static_cast<std::size_t>(anchored.height), place(mark));
  attach(anchored.node);
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
  end_text(offset(mark));
  check_depth(open_.size() + 1, place(mark));
  Open& fresh = open_.emplace_back();
  fresh.node = Node(kind, place(mark));
  fresh.anchor = anchor;
}

void TreeBuilder::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  merge(done);
  finish(std::move(done.node), done.anchor);
}

void TreeBuilder::finish(Node node, YAML::anchor_t anchor) {
  count(1, node.text.size(), node.where);
  if (anchor != YAML::NullAnchor) {
    const std::size_t bytes = bytes_of(node);
    count(0, bytes, node.where);  // a copy is kept
    anchors_[anchor] = {node, nodes_of(node), bytes, height_of(node)};
  }
  attach(std::move(node));
}

void TreeBuilder::attach(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.node.is(Node::Kind::sequence)) {
    parent.node.items.push_back(std::move(node));
  } else if (!parent.has_key) {
    take_key(parent, node);
  } else {
    take_value(parent, std::move(node));
  }
}

void TreeBuilder::take_key(Open& parent, const Node& node) {
  if (!node.is(Node::Kind::scalar)) {
    throw RequestError(node.where, fmt::format("{} as a key, expected a name", describe_found(node)));
  }
  parent.key = node.text;
  parent.key_merges = !node.quoted && node.text == "<<";
  parent.key_where = node.where;
  parent.has_key = true;
  if (!parent.keys.insert(node.text).second) {
    throw RequestError(node.where, fmt::format("duplicate key '{}'", node.text), "keep one of the two");
  }
}

void TreeBuilder::take_value(Open& parent, Node node) {
  parent.has_key = false;
  if (parent.key_merges) return take_merge(parent, std::move(node));
  const bool left_out = node.is(Node::Kind::null) && node.where.line > parent.key_where.line;
  if (left_out) node.where = parent.key_where;  // the parser says where it noticed
  parent.node.entries.push_back({parent.key, parent.key_where, std::move(node)});
}

void TreeBuilder::take_merge(Open& parent, Node node) {
  parent.merged_before = parent.node.entries.size();
  if (node.is(Node::Kind::sequence)) {
    parent.merged = std::move(node.items);
  } else {
    parent.merged.push_back(std::move(node));
  }
  for (const Node& source : parent.merged) {
    if (source.is(Node::Kind::mapping)) continue;
    throw RequestError(
        parent.key_where,
        fmt::format("'<<' merges {}, expected a mapping or a list of mappings", describe_found(source)));
  }
}

void TreeBuilder::merge(Open& mapping) {
  std::vector<Entry> inherited;
  for (Node& source : mapping.merged) {
    for (Entry& entry : source.entries) {
      if (mapping.keys.insert(entry.key).second) inherited.push_back(std::move(entry));
    }
  }
  std::vector<Entry>& entries = mapping.node.entries;
  entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(mapping.merged_before),
                 std::make_move_iterator(inherited.begin()), std::make_move_iterator(inherited.end()));
}

void TreeBuilder::count(std::size_t nodes, std::size_t bytes, const Location& where) {
  nodes_ += nodes;
  bytes_ += bytes;
  if (nodes_ > YamlLimits::nodes)
    throw RequestError(where, fmt::format("more than {} values, aliases written out", YamlLimits::nodes));
  if (bytes_ > YamlLimits::text_bytes)
    throw RequestError(
        where, fmt::format("more than {} bytes of text, aliases written out", YamlLimits::text_bytes));
}

void TreeBuilder::check_depth(std::size_t depth, const Location& where) const {
  if (depth <= static_cast<std::size_t>(YamlLimits::depth)) return;
  throw RequestError(where, fmt::format("nested more than {} levels deep", YamlLimits::depth));
}

void TreeBuilder::check_tag(const YAML::Mark& mark, const std::string& tag, const char* kind) const {
  const bool known =
      tag.empty() || tag == "?" || tag == "!" || tag == fmt::format("tag:yaml.org,2002:{}", kind);
  if (!known) throw RequestError(place(mark), fmt::format("tag '{}' is not known", tag), "leave the tag out");
}

void forget_lines(Node& node) {
  node.where.line = node.where.column = 0;
  for (Node& item : node.items) forget_lines(item);
  for (Entry& entry : node.entries) {
    entry.where.line = entry.where.column = 0;
    forget_lines(entry.value);
  }
}

}  // namespace

Node parse_yaml(const std::string& text, const std::string& file, std::vector<std::string>* warnings) {
  if (text.size() > YamlLimits::bytes) {
    throw RequestError(Location{file, 0, 0},
                       fmt::format("longer than the {} bytes that are read", YamlLimits::bytes));
  }
  check_plain_text(text, file);
  const YamlSource source(text, file);
  TreeBuilder builder(text, source, warnings);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder)) {
      throw RequestError(Location{file, 0, 0}, "the file is empty, expected a study",
                         "ablate schema shows what it may hold");
    }
    Node root = builder.take();
    TreeBuilder rest(text, source, nullptr);
    if (parser.HandleNextDocument(rest)) {
      throw RequestError(rest.take().where, "a second document, expected one study per file");
    }
    return root;
  } catch (const YAML::Exception& error) {
    if (error.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
      throw RequestError(builder.place(error.mark), "a quote is not closed: the file ends inside its text",
                         "close the quote where the text ends");
    }
    throw RequestError(builder.place(error.mark), fmt::format("this is not YAML: {}", error.msg),
                       builder.hint_at(error.mark));
  }
}

Node parse_yaml_value(const std::string& text, const std::string& origin) {
  if (text.find_first_not_of(" \t") == std::string::npos) return Node(Node::Kind::null, {origin, 0, 0});
  Node node = parse_yaml(text, origin);
  forget_lines(node);
  return node;
}

}  // namespace ablate
