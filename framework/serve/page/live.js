// What all views of the live page share: asking the server, the clock that asks, numbers, tables and charts.
// A view is a section of the page with a function `open(address)`, and where it follows the sweep `watch()` and `news(news)`.
// The address says everything that is shown: #view=study&id=3
const live = (() => {
"use strict";

const {byId, make, isDark, makeSortable} = page;
const missing = "–";
const light = ["#0072b2", "#d55e00", "#009e73", "#b0578d", "#56b4e9", "#c98700", "#7a6a00", "#1b1f24"];
const dark = ["#4da3e0", "#ff8a3d", "#2cc79a", "#e596c5", "#9bd4f7", "#f2b134", "#f0e442", "#e6e9ed"];
const dashes = [[], [7, 4], [2, 3]];
const colour = place => (isDark() ? dark : light)[place % 8];
const dash = place => dashes[Math.floor(place / 8) % 3];

// --- Asking ------------------------------------------------------------------------------------------------------
const longest = 14000;  // bytes of a question: the server takes 16 KB of a request, its headers included
const longNumber = /(?<![\d.])-?\d{16,}(?![\d.eE])/g;
/// Where the text that begins at a quotation mark ends.
function endOfText(text, at) {
  for (let end = text.indexOf('"', at + 1); ; end = text.indexOf('"', end + 1)) {
    if (end < 0) return text.length;
    let before = end;
    while (text[before - 1] === "\\") --before;
    if ((end - before) % 2 === 0) return end + 1;
  }
}
/// Whole numbers beyond 2^53, which JavaScript would round, stay text, digit by digit. By steps: one expression over an
/// answer of megabytes overflows the browser's stack.
function exact(text) {
  const parts = [];
  for (let at = 0; at < text.length;) {
    const mark = text.indexOf('"', at), begin = mark < 0 ? text.length : mark, end = endOfText(text, begin);
    parts.push(text.slice(at, begin).replace(longNumber, part => Number.isSafeInteger(Number(part)) ? part : `"${part}"`), text.slice(begin, end));
    at = end;
  }
  return parts.join("");
}
const silence = "the server does not answer: has `ablate serve` ended?";
/// Thrown in place of an answer to what an earlier address asked.
const superseded = Symbol("superseded");
/// The answer; null where nothing has changed. Throws with the server's words, and `superseded` where another address was
/// opened meanwhile: whoever catches that draws nothing.
async function ask(what, parameters = {}) {
  const turn = state.turn, answer = await answerOf(what, parameters).catch(error => { throw turn === state.turn ? error : superseded; });
  if (turn !== state.turn) throw superseded;
  return answer;
}
async function answerOf(what, parameters) {
  const query = new URLSearchParams(parameters).toString();
  if (query.length > longest) throw Object.assign(new Error(`this is too long to ask here\n  try: ablate query - < FILE.sql`), {told: true});
  const silent = () => { throw Object.assign(new Error(silence), {silent: true}); };
  const answer = await fetch(`/api/${what}${query ? `?${query}` : ""}`).catch(silent);
  if (answer.status === 304) return null;
  const text = await answer.text().catch(silent);
  if (answer.ok) return JSON.parse(exact(text));
  let told = text.trim();
  try { told = JSON.parse(text).error; } catch { /* a line of text */ }
  throw Object.assign(new Error(told || `status ${answer.status}`), {told: true, isFinal: answer.status < 500});
}

// --- The address ---------------------------------------------------------------------------------------------------
const address = () => new URLSearchParams(location.hash.slice(1));
function addressOf(changes) {
  return `#${new URLSearchParams(Object.entries(changes).filter(([, value]) => value !== null && value !== ""))}`;
}
const link = (text, changes, options = {}) => make("a", {href: addressOf(changes), textContent: text, ...options});

// --- Words ---------------------------------------------------------------------------------------------------------
const decimals = places => new Intl.NumberFormat("en", {minimumFractionDigits: places, maximumFractionDigits: places, useGrouping: false, roundingMode: "halfEven"});
const few = decimals(1), many = decimals(4);
/// As the report writes it: halves go to the even digit, and a minus is no hyphen.
function show(number) {
  if (number === null || number === undefined || !Number.isFinite(number)) return missing;
  if (number < 0) return `−${show(-number)}`;
  if (Number.isInteger(number)) return String(number);
  const size = Math.abs(number);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? number.toExponential(2) : (size >= 1000 ? few : many).format(number);
}
function duration(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h ${Math.round(seconds % 3600 / 60)} min`;
}
function say(id, text) {
  byId(id).hidden = !text;
  if (byId(id).textContent !== (text ?? "")) byId(id).textContent = text ?? "";
}

// --- Redrawing ---------------------------------------------------------------------------------------------------
/// Makes `old` like `fresh` and changes no more than differs, so that focus and place stay.
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName) return void old.replaceWith(fresh);
  if (old.nodeType === Node.TEXT_NODE) return void (old.data = fresh.data);
  for (const {name} of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const {name, value} of fresh.attributes) name === "style" ? old.style.cssText = value : old.setAttribute(name, value);
  const before = [...old.childNodes], after = [...fresh.childNodes];
  before.forEach((child, i) => after[i] ? morph(child, after[i]) : child.remove());
  old.append(...after.slice(before.length));
}
/// Puts items in a list's place; one with the `dataset.key` of another that is there already changes it where it stands.
function renew(list, items) {
  const focused = document.activeElement, before = new Map([...list.children].map(one => [one.dataset.key, one]));
  const wanted = items.map(item => {
    const old = before.get(item.dataset.key);
    if (old) morph(old, item);
    return old ?? item;
  });
  [...list.children].forEach(one => { if (!wanted.includes(one)) one.remove(); });
  wanted.forEach((one, i) => { if (list.children[i] !== one) list.insertBefore(one, list.children[i] ?? null); });
  if (focused !== document.activeElement && focused.isConnected) focused.focus({preventScroll: true});
}
/// What is drawn anew gives the focus back to the link or button of the same words.
function keepFocus(box, redraw) {
  const keyOf = one => one.getAttribute("href") ?? one.textContent;
  const focused = box.contains(document.activeElement) && document.activeElement !== box ? document.activeElement : null, key = focused && keyOf(focused);
  redraw();
  if (focused && !focused.isConnected) [...box.querySelectorAll("a, button")].find(one => keyOf(one) === key)?.focus({preventScroll: true});
}

// --- Tables ----------------------------------------------------------------------------------------------------------
/// Objects as rows; `cell(key, value, row)` may give an element in a value's place.
function tableOf(rows, cell = () => undefined) {
  const keys = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const numeric = new Set(keys.filter(key => rows.some(row => typeof row[key] === "number") && rows.every(row => row[key] === null || typeof row[key] === "number")));
  const kind = key => numeric.has(key) ? "number" : "";
  const head = make("tr", {}, ...keys.map(key => make("th", {scope: "col", textContent: key, className: kind(key)})));
  const body = rows.map(row => make("tr", {}, ...keys.map((key, i) => {
    const value = row[key], text = typeof value === "number" ? show(value) : value === null || value === undefined ? "" : String(value);
    return make(i ? "td" : "th", {className: kind(key), ...(i ? {} : {scope: "row"})}, cell(key, value, row) ?? make("bdi", {textContent: text}));
  })));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}
/// A table, or the words in its stead, sorted as the one in its place was.
function putTable(box, fresh) {
  const before = [...box.querySelectorAll("thead th")].map(head => head.getAttribute("aria-sort"));
  keepFocus(box, () => {
    box.replaceChildren(fresh);
    const table = box.querySelector("table");
    if (!table) return;
    makeSortable(table, () => {});
    const column = before.findIndex(sort => sort && sort !== "none");
    for (let i = 0; column >= 0 && i < 3 && table.tHead.rows[0].cells[column]?.getAttribute("aria-sort") !== before[column]; ++i) {
      table.tHead.rows[0].cells[column].querySelector("button").click();
    }
  });
}

// --- Charts ------------------------------------------------------------------------------------------------------------
const charts = {};
/// Names in a legend: what is longer than the drawing is shortened in its middle.
function legendOf(chart) {
  const most = Math.max(16, Math.floor(chart.width / 9)), half = Math.floor(most / 2);
  return Chart.defaults.plugins.legend.labels.generateLabels(chart).map(one => {
    const letters = [...one.text];
    return letters.length <= most ? one : {...one, text: `${letters.slice(0, half).join("")}…${letters.slice(-half).join("")}`};
  });
}
const axis = (title, extra = {}) => ({title: {display: Boolean(title), text: title}, grid: {drawTicks: false}, ...extra});
/// Of small numbers powers of ten, all of an axis alike; else as Chart.js writes them.
function tickText(value, i, ticks) {
  if (ticks.some(one => Math.abs(one.value) >= 1e-3)) return Chart.Ticks.formatters.numeric.call(this, value, i, ticks);
  return value === 0 ? "0" : Number(value.toPrecision(3)).toExponential().replaceAll("-", "−");
}
/// Lines or dots in place of what was drawn: series of {label, place, points: [[x, y], ...]}; x goes up to `last` where that is known.
/// What is drawn already takes the new numbers, so that whoever points at it is not disturbed.
function draw(id, series, {x, y, last, dots = false, legend = false, told}) {
  byId(id).setAttribute("aria-label", told);
  const datasets = series.map(({label, place, points}) => ({label, data: points.filter(([, value]) => value !== null).map(([at, value]) => ({x: at, y: value})),
    borderColor: colour(place), backgroundColor: colour(place), borderDash: dash(place), borderWidth: 2, showLine: !dots, fill: false,
    pointRadius: dots ? 4 : points.length > 40 ? 0 : 2}));
  const scales = {x: axis(x, {type: "linear", ticks: {precision: 0}, ...(last ? {min: 0, max: last} : {})}), y: axis(y, {type: "linear", ticks: {callback: tickText}})};
  const kind = [dots, legend, isDark()].join();
  if (charts[id]?.kind === kind) {
    charts[id].chart.data = {datasets};
    charts[id].chart.options.scales = scales;
    charts[id].chart.update();
    return;
  }
  Chart.defaults.color = isDark() ? "#9ba6b2" : "#59636e";
  Chart.defaults.borderColor = isDark() ? "#2a3038" : "#e4e8ec";
  Chart.defaults.font.family = "system-ui, 'DejaVu Sans', sans-serif";
  charts[id]?.chart.destroy();
  const title = items => items.length ? `${charts[id].chart.options.scales.x.title.text} ${items[0].parsed.x}` : "";
  charts[id] = {kind, chart: new Chart(byId(id), {type: dots ? "scatter" : "line", data: {datasets}, options: {animation: false, responsive: true, maintainAspectRatio: false,
    parsing: false, normalized: true, interaction: {mode: "nearest", axis: "x", intersect: false}, scales,
    plugins: {legend: {display: legend, position: "bottom", labels: {boxWidth: 30, boxHeight: 0, generateLabels: legendOf}}, tooltip: {callbacks: {title, label: item => `${item.dataset.label}: ${show(item.parsed.y)}`}}}}})};
}

// --- The clock ---------------------------------------------------------------------------------------------------------
const views = Object.create(null);  // no name of an address is there by itself
// `turn` counts the addresses that were opened; `asking` is the one whose tick is under way.
const state = {view: null, turn: 0, cursor: "", timer: 0, asking: null, running: false, entered: false, place: "", from: null, fault: "", seen: ""};
const often = 1000, seldom = 10000;

function tell(text, isLive) {
  byId("state").classList.toggle("live", isLive);
  if (byId("state").textContent !== text) byId("state").textContent = text;
}
/// A view that is `fixed` shows what was asked and does not follow.
function tellState() {
  if (state.fault) return tell("the results cannot be read", false);
  if (views[state.view].fixed) return tell(state.running ? "a sweep is running, which this answer does not follow" : "no sweep is running", false);
  tell(state.running ? "live: a sweep is running" : "up to date", state.running);
}
const clock = () => new Date().toLocaleTimeString("en-GB");
/// Asks for what is new, once a second while a sweep runs, every ten seconds else, and never for a page that nobody sees.
async function tick() {
  clearTimeout(state.timer);
  const {turn} = state;
  if (document.hidden || state.asking === turn) return;
  state.asking = turn;
  try {
    await takeNews(views[state.view]);
    state.seen = clock();
    tellState();
  } catch (error) {
    if (error !== superseded) sayFault(error);
  }
  if (turn !== state.turn) return;  // the tick of a later address is under way
  state.asking = null;
  state.timer = setTimeout(tick, state.running ? often : seldom);
}
async function takeNews(view) {
  const news = await ask("changes", {since: state.cursor, ...(state.entered ? view.watch?.() : {})});
  if (!news) return;
  state.cursor = news.cursor;
  state.running = Boolean(news.running);
  state.fault = news.fault ?? "";
  say("fault", state.fault);
  if (state.fault) {
    byId(state.view).hidden = true;  // what stands there is of a file that is no more
    state.entered = false;
    return;
  }
  if (state.entered) return void await view.news?.(news);
  await enter(view);
}
function sayFault(error) {
  state.cursor = "";
  const isOwn = !error.told && !error.silent, message = isOwn ? `this page failed, not the server: ${error.message}` : error.message;
  if (isOwn) console.warn(error);
  if (!state.entered || isOwn || error.isFinal) say("fault", message);
  if (error.isFinal && (state.entered || address().has("id"))) {
    byId(state.view).hidden = true;  // nothing of it is known, or no more
    state.entered = false;
  }
  tell(`${message.split("\n")[0]}${error.silent && state.entered ? ` What stands here is of ${state.seen}.` : ""}`, false);
}
/// A refresh that takes long is not made again before a ten times as long time has passed, or half a minute. Opening is
/// no refresh: it always reads.
function unhurried(work) {
  let rests = 0, turn = 0;
  return async (...words) => {
    const began = performance.now();
    if (turn === state.turn && began < rests) { state.cursor = ""; return; }  // it is news again at the next tick
    ({turn} = state);
    await work(...words);
    rests = performance.now() + Math.min(30000, 10 * (performance.now() - began));
  };
}

/// Fills the view, once the file can be read; what the view watches is asked for at once.
async function enter(view) {
  await view.open(address());
  byId(state.view).hidden = false;
  byId(state.view).classList.remove("reading");
  state.entered = true;
  if (state.from && [state.from, document.body].includes(document.activeElement)) byId(`${state.view}-title`).focus();
  state.from = null;
  if (view.fixed) state.cursor = (await ask("changes", {since: ""})).cursor;  // the look that it recorded is no news
  if (!view.watch) return;
  state.cursor = "";
  await takeNews(view);
}

function open() {
  const asked = views[address().get("view")], isNamed = asked && (!asked.needsId || /^\d+$/.test(address().get("id")));
  const name = isNamed ? address().get("view") : "studies", place = `${name} ${address().get("id")}`;
  if (state.place && state.place !== place) state.from = document.activeElement;  // a link was followed: the heading is next
  if (state.place !== place && isNamed && asked.needsId) byId(name).classList.add("reading");  // what stands there is another's
  state.place = place;
  Object.assign(state, {view: name, cursor: "", fault: "", entered: false, turn: state.turn + 1});
  for (const view of Object.keys(views)) byId(view).hidden = view !== name;
  document.querySelectorAll(".top nav a").forEach(one => {
    new URLSearchParams(one.hash.slice(1)).get("view") === name ? one.setAttribute("aria-current", "page") : one.removeAttribute("aria-current");
  });
  document.title = `${name === "studies" ? "Studies" : name[0].toUpperCase() + name.slice(1)} · ablate`;
  say("fault", "");
  return tick();
}

return {ask, address, addressOf, link, show, duration, clock, say, tableOf, renew, keepFocus, putTable, draw, views, superseded, tick, open, unhurried, missing, colour, dash, state};
})();
