#pragma once
/// Which class a label in a file means, and what people call it.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ablate {

/// Labels of a file to classes 0 ... n - 1. EMNIST's letters, for one, are labelled from 1; here they count
/// from 0.
class ClassMap {
 public:
  /// Every label that occurs is a class of its own (`name_classes`).
  ClassMap() = default;
  /// From "label character-code [character-code...]" lines, as EMNIST's mapping files; classes in the order
  /// of labels. Throws RequestError naming file and line, also where two labels have one name.
  static ClassMap read(const std::filesystem::path& path);
  /// Label i is called names[i].
  static ClassMap named(std::vector<std::string> names);

  /// The class that a label means; nothing for a label outside the classes.
  std::optional<std::uint8_t> class_of(std::uint8_t label) const;
  /// Every label is a class.
  bool is_empty() const { return names_.empty(); }
  /// "0 to 46", for messages.
  std::string range() const;
  /// The classes' names; without a mapping the labels that occur, in rising order, and `labels` are made to
  /// count these from 0.
  std::vector<std::string> name_classes(std::vector<std::uint8_t>& labels) const;

 private:
  std::vector<std::string> names_;            // empty: every label is its own class
  std::array<std::int16_t, 256> class_of_{};  // -1: no class
  int first_label_ = 0;
  int last_label_ = 255;
};

}  // namespace ablate
