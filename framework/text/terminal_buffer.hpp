#pragma once
/// A stream buffer that lets no text move the cursor.

#include <ostream>
#include <streambuf>
#include <string>

namespace ablate {

/// Hands on what is written, to a stream that must outlive it: control characters and changes of direction
/// become what `escape_terminal` makes of them, bytes that are not UTF-8 become U+FFFD. Line feeds and tabs
/// pass. A character may come in pieces.
class TerminalBuffer : public std::streambuf {
 public:
  explicit TerminalBuffer(std::ostream& sink) : sink_(sink) {}
  ~TerminalBuffer() override;
  TerminalBuffer(const TerminalBuffer&) = delete;
  TerminalBuffer& operator=(const TerminalBuffer&) = delete;

 protected:
  int_type overflow(int_type letter) override;
  std::streamsize xsputn(const char* bytes, std::streamsize size) override;
  int sync() override;

 private:
  std::ostream& sink_;
  std::string begun_;  ///< the beginning of a character whose end has not come yet
};

}  // namespace ablate
