#pragma once
/// Settings that another program's logger keeps beside its metrics.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ablate {

/// Those in the hparams.yaml that Lightning writes into the folder of its metrics.csv, by dotted keys, lists as they
/// stand: {"model.width": "64", "betas": "[0.9, 0.99]"}. Nothing where there is no such file; a sentence in `notes`
/// where it cannot be read.
std::map<std::string, std::string> settings_beside(const std::filesystem::path& metrics,
                                                   std::vector<std::string>& notes);

}  // namespace ablate
