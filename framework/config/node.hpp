#pragma once
/// A document as a tree in which every value knows its place. Study files become one, and so do
/// settings on their way back to text.

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace ablate {

struct Entry;

struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  enum class Style { block, flow };

  Kind kind = Kind::null;
  std::string text;            ///< of a scalar
  bool quoted = false;         ///< a scalar that is text, whatever it looks like
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a mapping, in the order of the file; no key twice
  Style style = Style::block;  ///< how a mapping is written
  Location where;
  int layer = 0;  ///< 0: the file; higher: the change that set it, in the order of changes

  Node();
  explicit Node(Kind kind_of_node, Location place = {});
  static Node scalar(std::string text);
  /// A quoted scalar.
  static Node string(std::string text);
  static Node sequence();
  static Node mapping();

  bool is(Kind other) const { return kind == other; }
  /// A plain scalar of that text; a quoted one is not.
  bool is_word(std::string_view word) const { return kind == Kind::scalar && !quoted && text == word; }
  /// The value of a mapping's key; nullptr where there is none.
  const Node* find(std::string_view key) const;
  /// Adds a key that the mapping lacks.
  Node& add(std::string key, Node value);
};

struct Entry {
  std::string key;
  Location where;  ///< of the key
  Node value;
};

/// The node at a dotted path; nullptr where there is none.
const Node* find_path(const Node& root, std::string_view path);

/// Where the deepest existing node on the way to `path` is.
const Location& locate(const Node& root, std::string_view path);

/// Puts `value` at a dotted path, replaces what was there and makes the mappings on the way, also of a
/// block that is null or `none`; `layer` marks all of it. Does nothing where a list or another scalar is in
/// the way.
void set_path(Node& root, std::string_view path, Node value, int layer);

/// Lays one mapping over another: mappings meet key by key, all else replaces what was there; `layer` marks
/// what comes from above.
void lay_over(Node& below, Node above, int layer);

/// One line of YAML in flow style: "[64, 32]", "{schedule: cosine, initial: 0.1}".
std::string flow_text(const Node& node);

/// Several lines of YAML: mappings of block style two columns deeper a level, the rest in flow style. Ends
/// with a line feed.
std::string block_text(const Node& mapping);

/// What a message calls it: "'0.5'", "a list", "a mapping", "nothing".
std::string describe_found(const Node& node);

}  // namespace ablate
