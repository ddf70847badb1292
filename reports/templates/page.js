// What every page of a report does: light or dark, and tables that sort. Nothing is loaded and nothing is evaluated.
// The address can ask for "theme=dark"; with "test" in it, a page writes what it shows as JSON into <pre id="shown">.
const page = (() => {
"use strict";

const faults = [];
addEventListener("error", event => faults.push(event.message));
document.addEventListener("securitypolicyviolation", event => faults.push(`policy: ${event.violatedDirective}`));

const byId = id => document.getElementById(id);
const asked = new URLSearchParams(location.hash.slice(1));
const missing = "–";

function make(tag, options = {}, ...children) {
  const element = Object.assign(document.createElement(tag), options);
  element.append(...children);
  return element;
}

// --- Light and dark; paper is light -----------------------------------------------------------------------------
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let printing = false;
const isPrinting = () => printing;
const isDark = () => !printing && (document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light")) === "dark";

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
}
/// `redraw` is called whenever colours change.
function makeTheme(redraw) {
  const button = byId("theme");
  button.hidden = false;
  button.textContent = isDark() ? "Light" : "Dark";
  button.addEventListener("click", () => { setTheme(isDark() ? "light" : "dark"); redraw(); });
  systemDark.addEventListener("change", redraw);
  addEventListener("beforeprint", () => { printing = true; document.documentElement.dataset.before = document.documentElement.dataset.theme ?? ""; document.documentElement.dataset.theme = "light"; redraw(); });
  addEventListener("afterprint", () => { printing = false; const before = document.documentElement.dataset.before; before ? setTheme(before) : delete document.documentElement.dataset.theme; redraw(); });
}

// --- Tables that sort -------------------------------------------------------------------------------------------
/// The number a cell begins with; nothing where it has none. Sorting follows what the table shows.
function numberIn(text) {
  const found = text.replaceAll(",", "").replaceAll("−", "-").match(/^[^\d+-]{0,3}([+-]?\d+(\.\d+)?(e[+-]?\d+)?)/);
  return found ? Number(found[1]) : null;
}
function sortTable(table, column, direction) {
  const heads = [...table.tHead.rows[0].cells], rows = [...table.tBodies[0].rows], sign = direction === "descending" ? -1 : 1;
  const texts = new Map(rows.map(row => [row, row.cells[column].textContent.trim()]));
  const numeric = rows.every(row => texts.get(row) === missing || texts.get(row) === "" || /^[<+−-]?\s?[\d.,]/.test(texts.get(row)));
  const key = new Map(rows.map(row => [row, numeric ? numberIn(texts.get(row)) : texts.get(row)]));
  rows.sort((a, b) => {
    const [first, second] = [key.get(a), key.get(b)];
    if (direction === "none" || first === second) return a.dataset.place - b.dataset.place;
    if (first === null || second === null) return first === null ? 1 : -1;
    return sign * (numeric ? first - second : first.localeCompare(second, "en", {numeric: true})) || a.dataset.place - b.dataset.place;
  });
  table.tBodies[0].append(...rows);
  heads.forEach((head, i) => head.setAttribute("aria-sort", i === column ? direction : "none"));
}
/// `sorted` is called after every sort.
function makeSortable(table, sorted) {
  [...table.tBodies[0].rows].forEach((row, i) => { row.dataset.place = i; });
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const down = head.classList.contains("number") ? ["descending", "ascending", "none"] : ["ascending", "descending", "none"];
    const button = make("button", {type: "button", textContent: head.textContent, title: "sort"});
    button.addEventListener("click", () => {
      sortTable(table, column, down[(down.indexOf(head.getAttribute("aria-sort")) + 1) % 3]);
      sorted();
    });
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
  });
}

return {faults, byId, asked, make, isDark, isPrinting, setTheme, makeTheme, makeSortable};
})();
