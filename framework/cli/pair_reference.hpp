#pragma once
/// The words that name a run or a variant on the command line.

#include <string>

#include "report/pair/pair.hpp"
#include "store/reader.hpp"

namespace ablate {

/// What a word of `ablate compare` names, with its study.
struct NamedSide {
  PairSide side;
  StudyRecord study;
};

/// `text` is `study/variant`, a variant's name that only one study has, or a run: its number, 4 or more
/// letters of its uuid, study/variant/seed. With a `study`, variants of it are looked up first: VARIANT, or
/// VARIANT/SEED for a run. A number without a study is a run. Obsolete runs of a variant are left out, unless
/// all are. Throws RequestError with the nearest name, or with all variants that the word may mean.
NamedSide find_side(const Reader& reader, const std::string& text, const std::string& study);

}  // namespace ablate
