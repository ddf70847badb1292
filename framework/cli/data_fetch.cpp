#include "cli/data_fetch.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/suggest.hpp"
#include "base/time.hpp"
#include "cli/data_study.hpp"
#include "cli/download_progress.hpp"
#include "cli/interrupt.hpp"
#include "data/emnist_archive.hpp"
#include "data/emnist_files.hpp"
#include "data/files.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* no_checksum = "none";

int fetch_fashion(Console& console) {
  std::vector<std::string> command = {"apt-get", "install", "-y", "--no-install-recommends",
                                      "dataset-fashion-mnist"};
  if (!is_root()) command.insert(command.begin(), "sudo");
  console.err << fmt::format("running: {}\n", fmt::join(command, " ")) << std::flush;
  const int status = run_process(command);
  if (status != 0) {
    throw RequestError(
        fmt::format("'{}' ended with exit code {}", fmt::join(command, " "), status),
        "run 'apt-get update' first, or install the Debian package dataset-fashion-mnist by hand");
  }
  return exit_done;
}

/// What `fetch emnist` was asked for, its usual values filled in.
struct Wanted {
  std::string split = "balanced";
  fs::path folder;
  std::string url = emnist_archive;
  std::string md5 = std::string(emnist_archive_md5);  ///< empty: not checked
  bool keep_archive = false;

  fs::path archive() const { return folder / "gzip.zip"; }
};

void check_split(const std::string& split, bool official) {
  const std::vector<std::string> choices(official_emnist_splits.begin(), official_emnist_splits.end());
  if (official && std::find(choices.begin(), choices.end(), split) == choices.end()) {
    throw RequestError(fmt::format("--split {}: EMNIST has no such split", split),
                       suggestion(split, choices));
  }
  constexpr const char* letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  if (split.empty() || split.find_first_not_of(letters) != std::string::npos) {
    throw RequestError(
        fmt::format("--split '{}' cannot be part of a file's name", split),
        "letters, digits, '_' and '-'; usual ones: " + fmt::format("{}", fmt::join(choices, ", ")));
  }
}

std::string checked_md5(std::string text) {
  if (text == no_checksum) return {};
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos) return text;
  throw RequestError(fmt::format("--md5 '{}' is not an MD5 sum", text),
                     "32 hexadecimal digits, or --md5 none");
}

Wanted checked(const FetchOptions& options) {
  Wanted wanted;
  if (!options.split.empty()) wanted.split = options.split;
  check_split(wanted.split, options.from.empty());
  DataSettings settings;
  settings.source = Source::emnist;
  settings.path = options.to;
  wanted.folder = source_folder(settings);
  wanted.keep_archive = options.keep_archive;
  if (!options.from.empty() && options.md5.empty()) {
    throw RequestError("--from needs the MD5 sum of what is there",
                       "--md5 SUM, or --md5 none to take whatever comes");
  }
  if (!options.from.empty()) wanted.url = options.from;
  if (!options.md5.empty()) wanted.md5 = checked_md5(options.md5);
  return wanted;
}

DownloadResult download_archive(const Wanted& wanted, const std::atomic<bool>& stop, Console& console) {
  console.err << fmt::format("{} -> {}\n", without_password(wanted.url), wanted.archive().string())
              << std::flush;
  DownloadDisplay display(console);
  return download({wanted.url,
                   wanted.archive(),
                   wanted.md5,
                   [&](const DownloadProgress& progress) { display.show(progress); },
                   {}},
                  stop);
}

/// The archive that we downloaded goes once its files are out, or where no later call could trust it; one
/// that was there before is somebody's own.
class ArchiveOwner {
 public:
  ArchiveOwner(const Wanted& wanted, DownloadResult result, Console& console)
      : wanted_(wanted), ours_(result == DownloadResult::complete), console_(console) {}
  ~ArchiveOwner() {
    const bool useful_later = wanted_.keep_archive || (!unpacked_ && !wanted_.md5.empty());
    std::error_code ignored;
    if (ours_ && !useful_later) fs::remove(wanted_.archive(), ignored);
    if (!ours_ || useful_later)
      console_.err << fmt::format("the archive is kept: {}\n", wanted_.archive().string());
  }
  ArchiveOwner(const ArchiveOwner&) = delete;
  ArchiveOwner& operator=(const ArchiveOwner&) = delete;

  void set_unpacked() { unpacked_ = true; }

 private:
  const Wanted& wanted_;
  bool ours_, unpacked_ = false;
  Console& console_;
};

void print_dataset(const Dataset& dataset, Console& console) {
  console.out << fmt::format(
      "{}: {} training and {} test images of {} x {} pixels, {} classes\n"
      "train sha256 {}\ntest  sha256 {}\nfolder {}\n",
      dataset.name, dataset.train_images, dataset.test_images, dataset.rows, dataset.columns,
      dataset.classes.size(), dataset.train_sha256, dataset.test_sha256, dataset.origin);
}

int tell_interrupted(const fs::path& kept, Console& console) {
  console.err << fmt::format("interrupted: what came is kept in {}; the same command goes on from there\n",
                             kept.string());
  return exit_interrupted;
}

std::string provenance(const Wanted& wanted) {
  return fmt::format("{} ({}), fetched {}", without_password(wanted.url),
                     wanted.md5.empty() ? "not checked" : "MD5 " + wanted.md5, utc_text());
}

int fetch_emnist(const Wanted& wanted, Console& console) {
  if (has_emnist_split(wanted.folder, wanted.split)) {
    console.err << fmt::format("emnist-{} is already there: {}\n", wanted.split, wanted.folder.string());
    return exit_done;
  }
  const InterruptFlag interrupt;
  const DownloadResult result = download_archive(wanted, interrupt.get(), console);
  if (result == DownloadResult::interrupted)
    return tell_interrupted(wanted.archive().string() + ".part", console);
  ArchiveOwner archive(wanted, result, console);
  console.err << fmt::format("unpacking and checking emnist-{}\n", wanted.split) << std::flush;
  const auto dataset =
      install_emnist(wanted.archive(), wanted.split, wanted.folder, provenance(wanted), interrupt.get());
  if (!dataset) {
    console.err << "interrupted: nothing was unpacked\n";
    return exit_interrupted;
  }
  archive.set_unpacked();
  print_dataset(*dataset, console);
  return exit_done;
}

bool any_given(const FetchOptions& options) {
  return options.keep_archive || !(options.split + options.to + options.from + options.md5).empty();
}

}  // namespace

void add_fetch_options(Options& options, FetchOptions& chosen) {
  options
      .text("split", "SPLIT", chosen.split,
            fmt::format("fetch emnist: {}; default: balanced", fmt::join(official_emnist_splits, ", ")))
      .offers({official_emnist_splits.begin(), official_emnist_splits.end()});
  options.text("to", "DIR", chosen.to, "fetch emnist: where its files go; default: ~/.cache/ablate/emnist");
  options.text("from", "URL", chosen.from, "fetch emnist: another address of the archive; needs --md5");
  options.text("md5", "SUM", chosen.md5,
               "fetch emnist: the archive's MD5, or none; default: the official one's");
  options.flag("keep-archive", chosen.keep_archive,
               "fetch emnist: keep the archive beside its files, for another split");
}

int fetch_data(const std::string& what, const FetchOptions& options, Console& console) {
  if (what == "emnist") return fetch_emnist(checked(options), console);
  if (what == "fashion_mnist" && any_given(options)) {
    throw RequestError(
        "fashion_mnist is a Debian package: --split, --to, --from, --md5 and --keep-archive are of emnist",
        "ablate data fetch fashion_mnist");
  }
  if (what == "fashion_mnist") return fetch_fashion(console);
  const std::vector<std::string> names = source_names();
  if (std::find(names.begin(), names.end(), what) != names.end()) {
    throw RequestError(fmt::format("{} is not something to fetch", what),
                       "fetch emnist or fetch fashion_mnist; ablate data list shows the others");
  }
  throw RequestError(fmt::format("there is no data source '{}'", what),
                     suggestion(what, std::vector<std::string>{"emnist", "fashion_mnist"}));
}

}  // namespace ablate
