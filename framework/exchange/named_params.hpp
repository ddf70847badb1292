#pragma once
/// Parameters that a run's folder is called after.

#include <map>
#include <string>

namespace ablate {

/// Adds those in a folder's name that are not known: "lr=0.1,seed=3", "lr=0.1_batch_size=16/seed=3".
void add_named_params(const std::string& name, std::map<std::string, std::string>& params);

}  // namespace ablate
