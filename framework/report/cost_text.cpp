#include "report/cost_text.hpp"

#include <fmt/format.h>

#include "report/phrases.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

std::string change_text(const char* what, double from, double to, const std::string& from_text,
                        const std::string& to_text) {
  if (from_text == to_text) return fmt::format("{} unchanged ({})", what, from_text);
  if (from <= 0.0) return fmt::format("{} {} to {}", what, from_text, to_text);
  return fmt::format("{} {}% ({} to {})", what, signed_text(100.0 * (to / from - 1.0), 1), from_text,
                     to_text);
}

std::string counts_change(const char* what, std::int64_t from, std::int64_t to) {
  return change_text(what, static_cast<double>(from), static_cast<double>(to), group_digits(from),
                     group_digits(to));
}

/// Three digits: "0.0312 s", "10.8 s", "1234 s".
std::string seconds_text(double seconds) {
  return fmt::format(fmt::runtime(seconds < 100.0 ? "{:.3g} s" : "{:.0f} s"), seconds);
}

}  // namespace

std::string cost_text(const Comparison& comparison, const VariantSummary& base,
                      const VariantSummary& variant) {
  std::string text;
  if (base.parameters > 0 || variant.parameters > 0) {  // of another program's network nothing is known
    text = counts_change("parameters", base.parameters, variant.parameters) + ", " +
           counts_change("FLOPs per sample", base.flops_per_sample, variant.flops_per_sample);
  }
  const Summary &from = base.train_seconds, &to = variant.train_seconds;
  if (comparison.machines.size() > 1 || from.n == 0 || to.n == 0)
    return text.empty() ? "not on record" : text;
  const std::string before = seconds_text(from.mean), after = seconds_text(to.mean);
  text += (text.empty() ? "" : ", ") + change_text("training time", from.mean, to.mean, before, after);
  const bool overlap = from.minimum <= to.maximum && to.minimum <= from.maximum;
  return overlap && before != after ? text + "; single runs' times overlap" : text;
}

}  // namespace ablate
