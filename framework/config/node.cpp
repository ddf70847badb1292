#include "config/node.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text_value.hpp"
#include "config/plain_text.hpp"

namespace ablate {
namespace {

constexpr std::size_t quoted_in_messages = 60;

/// "training.epochs" as "training" and "epochs"; the rest of a last part is empty.
std::pair<std::string_view, std::string_view> split_first(std::string_view path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return {path, {}};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Whether YAML reads the bare text as that text, in flow style too, and as neither null nor a truth value.
bool is_plain(std::string_view text) {
  constexpr std::array<std::string_view, 10> words = {"null", "true", "false", "yes", "no",
                                                      "on",   "off",  "y",     "n",   "none"};
  if (text.empty() || !is_letter(text[0])) return false;
  const auto may_follow = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/';
  };
  if (!std::all_of(text.begin(), text.end(), may_follow)) return false;
  return std::find(words.begin(), words.end(), lower_case(std::string(text))) == words.end();
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

std::string text_scalar(std::string_view text) {
  return is_plain(text) ? std::string(text) : in_quotes(text);
}

void append_flow(const Node& node, std::string& out) {
  const char* separator = "";
  switch (node.kind) {
    case Node::Kind::null:
      out += "null";
      break;
    case Node::Kind::scalar:
      out += node.quoted ? text_scalar(node.text) : node.text;
      break;
    case Node::Kind::sequence:
      out += '[';
      for (const Node& item : node.items) {
        out += std::exchange(separator, ", ");
        append_flow(item, out);
      }
      out += ']';
      break;
    case Node::Kind::mapping:
      out += '{';
      for (const Entry& entry : node.entries) {
        out += std::exchange(separator, ", ");
        out += text_scalar(entry.key) + ": ";
        append_flow(entry.value, out);
      }
      out += '}';
      break;
  }
}

void append_block(const Node& mapping, std::size_t indent, std::string& out) {
  for (const Entry& entry : mapping.entries) {
    out += std::string(indent, ' ') + text_scalar(entry.key) + ':';
    const bool nested = entry.value.is(Node::Kind::mapping) && !entry.value.entries.empty() &&
                        entry.value.style == Node::Style::block;
    if (nested) {
      out += '\n';
      append_block(entry.value, indent + 2, out);
    } else {
      out += ' ';
      append_flow(entry.value, out);
      out += '\n';
    }
  }
}

void mark(Node& node, int layer) {
  node.layer = layer;
  for (Node& item : node.items) mark(item, layer);
  for (Entry& entry : node.entries) mark(entry.value, layer);
}

}  // namespace

Node::Node() = default;
Node::Node(Kind kind_of_node, Location place) : kind(kind_of_node), where(std::move(place)) {}

Node Node::scalar(std::string text) {
  Node node(Kind::scalar);
  node.text = std::move(text);
  return node;
}

Node Node::sequence() { return Node(Kind::sequence); }
Node Node::mapping() { return Node(Kind::mapping); }

Node Node::string(std::string text) {
  Node node = scalar(std::move(text));
  node.quoted = true;
  return node;
}

const Node* Node::find(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

Node& Node::add(std::string key, Node value) {
  return entries.emplace_back(Entry{std::move(key), value.where, std::move(value)}).value;
}

const Node* find_path(const Node& root, std::string_view path) {
  const auto [key, rest] = split_first(path);
  const Node* child = root.find(key);
  return child && !rest.empty() ? find_path(*child, rest) : child;
}

const Location& locate(const Node& root, std::string_view path) {
  const auto [key, rest] = split_first(path);
  const Node* child = root.find(key);
  if (!child) return root.where;
  return rest.empty() ? child->where : locate(*child, rest);
}

void set_path(Node& root, std::string_view path, Node value, int layer) {
  const bool off = root.is(Node::Kind::null) || root.is_word("none");
  if (off) {
    root = Node(Node::Kind::mapping, value.where);
    root.layer = layer;
  }
  if (!root.is(Node::Kind::mapping)) return;
  const auto [first, rest] = split_first(path);
  const std::string_view key = first;
  auto found =
      std::find_if(root.entries.begin(), root.entries.end(), [&](const Entry& e) { return e.key == key; });
  if (found == root.entries.end()) {
    found =
        root.entries.insert(found, Entry{std::string(key), value.where, Node(Node::Kind::null, value.where)});
  }
  if (!rest.empty()) return set_path(found->value, rest, std::move(value), layer);
  found->where = value.where;
  found->value = std::move(value);
  mark(found->value, layer);
}

void lay_over(Node& below, Node above, int layer) {
  if (!below.is(Node::Kind::mapping) || !above.is(Node::Kind::mapping)) {
    below = std::move(above);
    return mark(below, layer);
  }
  below.where = above.where;
  for (Entry& entry : above.entries) {
    const auto found = std::find_if(below.entries.begin(), below.entries.end(),
                                    [&](const Entry& e) { return e.key == entry.key; });
    if (found == below.entries.end()) {
      mark(below.entries.emplace_back(std::move(entry)).value, layer);
    } else {
      found->where = entry.where;
      lay_over(found->value, std::move(entry.value), layer);
    }
  }
}

std::string flow_text(const Node& node) {
  std::string out;
  append_flow(node, out);
  return out;
}

std::string block_text(const Node& mapping) {
  std::string out;
  append_block(mapping, 0, out);
  return out;
}

std::string describe_found(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
    case Node::Kind::scalar:
      break;
  }
  std::string text(first_characters(node.text, quoted_in_messages));
  if (text.size() < node.text.size()) text += "...";
  return fmt::format("{}'{}'", node.quoted ? "the text " : "", text);
}

}  // namespace ablate
