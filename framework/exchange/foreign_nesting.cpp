#include "exchange/foreign_nesting.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "text/numbers.hpp"

namespace ablate {
namespace {

using Params = std::map<std::string, std::string>;

/// What the runs above them say of the runs.
struct Nesting {
  std::vector<Params> params;     ///< of each run, with those of the runs above that it lacks
  std::set<std::string> parents;  ///< the runs, by id, that have one with metrics below them
};

Nesting nesting_of(const std::vector<ForeignRun>& runs) {
  std::map<std::string, const ForeignRun*> by_id;
  for (const ForeignRun& run : runs) by_id[run.id] = &run;
  Nesting nesting;
  for (const ForeignRun& run : runs) {
    Params& params = nesting.params.emplace_back(run.params);
    std::set<std::string> seen = {run.id};  // a damaged file may have a run above itself
    const ForeignRun* below = &run;
    while (!below->parent.empty() && seen.insert(below->parent).second) {
      const auto parent = by_id.find(below->parent);
      if (parent == by_id.end()) break;
      below = parent->second;
      params.insert(below->params.begin(), below->params.end());
      if (!run.points.empty()) nesting.parents.insert(below->id);
    }
  }
  return nesting;
}

}  // namespace

void leave_out_parents(ForeignRuns& all) {
  Nesting nesting = nesting_of(all.runs);
  std::vector<ForeignRun> left;
  std::vector<std::string> empty;
  std::size_t parents = 0;
  for (std::size_t i = 0; i < all.runs.size(); ++i) {
    ForeignRun& run = all.runs[i];
    const bool says_something = !run.params.empty() || !run.points.empty();
    if (nesting.parents.contains(run.id)) {
      parents += says_something ? 1 : 0;
    } else if (!run.points.empty()) {
      run.params = std::move(nesting.params[i]);
      left.push_back(std::move(run));
    } else if (says_something) {
      empty.push_back(run.name + (run.finished ? "" : " (not finished)"));
    }
  }
  all.runs = std::move(left);
  if (parents > 0)
    all.notes.push_back(
        fmt::format("left out: {} of other runs; a run takes those of its parents' parameters that it lacks",
                    counted(parents, "parent")));
  if (!empty.empty()) all.notes.push_back("left out for want of any metric: " + names_text(empty));
}

}  // namespace ablate
