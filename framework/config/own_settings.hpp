#pragma once
/// The settings that a study file defines itself, in `trainer.settings`.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "config/catalogue.hpp"
#include "config/refusal.hpp"

namespace ablate {

/// A list of settings like catalogue(), made from a mapping of their base values: what is true or false there is
/// a truth value, a whole number one, and so on. Values that variants give must be of that type.
class OwnSettings {
 public:
  /// Throws RequestError with the place of a name that cannot be one, a value without a type, or a list of lists.
  OwnSettings(const Node& settings, const ReadContext& context);
  OwnSettings(const OwnSettings&) = delete;
  OwnSettings& operator=(const OwnSettings&) = delete;

  /// The setting or block of that dotted path; nullptr where there is none.
  const Setting* find(std::string_view path) const;
  /// Dotted paths of all settings and blocks, in the order of the file.
  std::vector<std::string> paths() const;
  /// Those that are no blocks.
  std::vector<std::string> value_paths() const;
  /// All settings with their values in `tree`, the base's where it has none; canonical. Throws RequestError with
  /// the place of an unknown key or of a value of another type.
  Node resolve(const Node& tree, const ReadContext& context) const;

 private:
  std::vector<Setting> read(const Node& mapping, const std::string& path, const ReadContext& context);
  Setting read_one(const Entry& entry, const std::string& path, const ReadContext& context);

  std::deque<std::string> keys_;  ///< that the settings' fields point to
  std::vector<Setting> settings_;
};

}  // namespace ablate
