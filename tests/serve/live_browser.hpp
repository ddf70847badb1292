#pragma once
/// The live page in a real browser.

#include <memory>

#include <catch2/catch.hpp>

#include "serve/served_page.hpp"
#include "support/driven_browser.hpp"

namespace ablate::test {

/// A browser for a test, or a word that there is none.
inline std::unique_ptr<DrivenBrowser> started_browser() {
  auto browser = DrivenBrowser::start();
  if (!browser) WARN("no Chromium here: the live page was not opened (apt install chromium-headless-shell)");
  return browser;
}

/// The first page of a file with one study, once it is read.
inline void open_studies(DrivenBrowser& browser, const ServedPage& served) {
  browser.open(served.page.address());
  CHECK(browser.becomes("document.querySelectorAll('#study-list tbody tr').length === 1"));
}

}  // namespace ablate::test
