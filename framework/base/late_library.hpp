#pragma once
/// Libraries of others that few commands need: loaded where they are first used, so that every other start goes without
/// them and the dozens that they bring along.

namespace ablate {

/// A shared library, from now to the end of the process. Made of the declarations of its header, a table of its
/// functions is as safe as linking:
///
///     struct Zip {
///       LateLibrary library{"libzip.so.5", "libzip5"};
///       decltype(&zip_open) open = library["zip_open"];
///     };
class LateLibrary {
 public:
  /// `file` names the interface's version too; `package` is Debian's name. Throws RequestError where it is not installed.
  LateLibrary(const char* file, const char* package);

  class Symbol {
   public:
    explicit Symbol(void* address) : address_(address) {}
    template <class Function>
    operator Function*() const {
      return reinterpret_cast<Function*>(address_);
    }

   private:
    void* address_;
  };

  /// Throws RequestError where the library is too old to have it.
  Symbol operator[](const char* function) const;

 private:
  const char* file_;
  const char* package_;
  void* handle_;
};

}  // namespace ablate
