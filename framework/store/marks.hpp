#pragma once
/// What people say of runs and studies: tags, notes, and what lists leave out. Never a number.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace ablate {

class Connection;  // private to this folder

/// The results file, open for marking. Every method is one transaction and refuses, with RequestError, what
/// Store refuses.
class Marks {
 public:
  /// The file must be there; an older schema is brought up to date.
  explicit Marks(const std::filesystem::path& path);
  ~Marks();
  Marks(const Marks&) = delete;
  Marks& operator=(const Marks&) = delete;

  /// Gives each run each tag; returns how many (run, tag) are new.
  int tag(std::span<const std::int64_t> run_ids, std::span<const std::string> names);
  /// Takes them away; returns how many were there.
  int untag(std::span<const std::int64_t> run_ids, std::span<const std::string> names);

  void note_run(std::int64_t run_id, const std::string& text);
  void note_study(std::int64_t study_id, const std::string& text);

  /// True where the mark was not so before.
  bool archive_run(std::int64_t run_id, bool archived);
  bool archive_study(std::int64_t study_id, bool archived);

  /// The worker that trains the run gives it back after its current epoch, and no worker takes it up again
  /// until its study is planned again by the next sweep.
  void ask_to_stop(std::int64_t run_id);

  /// The study with all that belongs to it. Refused while one of its runs is being trained.
  void delete_study(std::int64_t study_id);

 private:
  std::unique_ptr<Connection> connection_;
};

}  // namespace ablate
