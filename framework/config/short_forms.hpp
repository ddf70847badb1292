#pragma once
/// Values that a study file may write shorter: `hidden: 64` for `[64]`, `optimizer: adam` for `{type: adam}`,
/// `learning_rate: 0.1` for a constant rate.

#include "config/catalogue.hpp"
#include "config/node.hpp"

namespace ablate {

/// Writes `value`, meant for `setting`, and the settings inside it in full; leaves what is not a short form.
void write_in_full(Node& value, const Setting& setting);

/// The same for the settings in the keys of a study.
void write_in_full(Node& study);

/// Whether `value` looks like one of `setting`, or like a list of them: of the right type, in the range, among
/// the choices.
bool accepts(const Setting& setting, const Node& value);

/// The only setting called `key` that accepts `value`, for "did you mean"; nothing where there are none or
/// several.
std::optional<std::string> meant_setting(std::string_view key, const Node& value);

}  // namespace ablate
