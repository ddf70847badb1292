// What moves on the page over several studies, beside page.js: its table sorts.
(() => {
"use strict";
const {faults, byId, asked, make, setTheme, makeTheme, makeSortable} = page;

function report() {
  if (!asked.has("test")) return;
  const rows = [...byId("overview").tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent));
  const shown = {faults, rows, theme: document.documentElement.dataset.theme ?? null, marks: document.querySelectorAll(".forest circle").length};
  (byId("shown") ?? document.body.appendChild(make("pre", {id: "shown", hidden: true}))).textContent = JSON.stringify(shown);
}

if (byId("overview")) makeSortable(byId("overview"), report);
makeTheme(report);
if (asked.has("theme")) setTheme(asked.get("theme") === "dark" ? "dark" : "light");
report();
for (const selector of asked.getAll("press")) document.querySelector(selector)?.click();
})();
