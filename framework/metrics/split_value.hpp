#pragma once
/// The value of a split.

#include <optional>
#include <utility>

#include "config/choices.hpp"
#include "metrics/by_split.hpp"

namespace ablate {

template <class T>
const std::optional<T>& value_of(const BySplit<T>& values, SplitName split) {
  switch (split) {
    case SplitName::train:
      return values.train;
    case SplitName::validation:
      return values.validation;
    case SplitName::test:
      break;
  }
  return values.test;
}

template <class T>
std::optional<T>& value_of(BySplit<T>& values, SplitName split) {
  return const_cast<std::optional<T>&>(value_of(std::as_const(values), split));
}

}  // namespace ablate
