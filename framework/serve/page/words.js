// Views that ask in words: the studies and their runs by a condition, two variants compared, and SQL.
(() => {
"use strict";
const {byId, make, makeSortable} = page;
const {ask, addressOf, link, say, show, tableOf, renew, putTable, draw, views} = live;

// --- The studies, and the runs of a condition ------------------------------------------------------------------------
const filter = {where: "", sort: "", study: ""}, drawn = {list: ""};

function studyRow(row, matching) {
  const bar = make("div", {className: "bar small-bar", role: "img"});
  const counts = {done: row.done, running: row.running, failed: row.failed, diverged: row.diverged, stopped: row.stopped, planned: row.left};
  live.fillBar(bar, counts);
  const cells = [make("th", {scope: "row"}, link(row.name, {view: "study", id: row.id})), make("td", {className: "asks", textContent: row.question}), make("td", {}, bar)];
  const numbers = [...(matching ? [matching.get(row.name) ?? 0] : []), row.variants, row.done, row.running, row.left, row.failed + row.diverged];
  cells.push(...numbers.map((number, i) => make("td", {className: i === numbers.length - 1 && number ? "number bad" : "number", textContent: number})));
  return make("tr", {}, ...cells);
}

/// Of which study the runs are, above the box whose condition holds besides, and above the runs.
function nameFilter(study) {
  byId("where-label").textContent = study ? `Runs of ${study} where` : "Runs where";
  byId("runs-title").textContent = study ? `Runs of ${study}` : "Runs";
}

async function readStudies(matching) {
  const {studies, file} = await ask("studies");
  byId("studies-file").textContent = file;
  nameFilter(studies.find(({id}) => String(id) === filter.study)?.name);
  const wanted = studies.filter(row => matching ? matching.has(row.name) : !row.archived).sort((a, b) => b.running - a.running || b.created.localeCompare(a.created));
  const heads = ["study", "question", "progress", ...(matching ? ["matching"] : []), "variants", "done", "running", "left", "failed"];
  const head = make("tr", {}, ...heads.map((text, i) => make("th", {scope: "col", textContent: text, className: i > 2 ? "number" : i === 1 ? "asks" : ""})));
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...wanted.map(row => studyRow(row, matching))));
  const away = matching ? [] : studies.filter(row => row.archived);
  byId("archived").hidden = !away.length;
  renew(byId("archived-list"), away.map(({id, name}) => {
    const item = make("li", {}, link(name, {view: "study", id}));
    item.dataset.key = id;
    return item;
  }));
  const now = JSON.stringify([wanted, [...(matching ?? [])]]);
  if (drawn.list === now && byId("study-list").firstChild) return;
  drawn.list = now;
  putTable(byId("study-list"), studies.length ? table : make("p", {textContent: "No study yet: `ablate run STUDY.yaml` makes one."}));
}

/// A name as the language of conditions writes it.
const written = name => /^[a-z_\u0080-\uffff][\w.:\u0080-\uffff-]*$/i.test(name) && !/^(and|or|not|in|like|is|null|between)$/i.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
/// Sorted by the server, over all runs: the table shows the first.
function sortableRuns(table) {
  for (const head of table.tHead.rows[0].cells) {
    const title = head.textContent, key = written(title), down = filter.sort === key ? `-${key}` : key;
    head.setAttribute("aria-sort", filter.sort === key ? "ascending" : filter.sort === `-${key}` ? "descending" : "none");
    head.replaceChildren(make("button", {type: "button", textContent: title, title: "sort all runs", onclick: () => { location.hash = addressOf({view: "studies", ...filter, sort: down}); }}));
  }
}

async function readRuns() {
  byId("runs-part").hidden = !filter.where && !filter.study && !filter.sort;
  if (byId("runs-part").hidden) return null;
  const found = await ask("runs", Object.fromEntries(Object.entries(filter).filter(([, value]) => value)));
  const {rows, notes} = found.runs, all = found.studies.rows.reduce((sum, row) => sum + row.runs, 0);
  byId("runs-note").textContent = [all > rows.length ? `${rows.length} of ${all} runs, ${filter.sort ? "the first in this order" : "those planned last"}; sorting and narrowing are done over all of them` : `${rows.length} runs`, rows.length ? notes : "", found.hidden].filter(Boolean).join(". ");
  const table = tableOf(withoutEmpty(rows), (key, value) => key === "run" ? link(String(value), {view: "run", id: value}) : undefined);
  live.keepFocus(byId("run-list"), () => {
    byId("run-list").replaceChildren(rows.length ? table : make("p", {textContent: "No run fits."}));
    if (rows.length) sortableRuns(table);
  });
  return new Map(found.studies.rows.map(row => [row.study, row.runs]));
}

async function readAll() {
  say("where-fault", "");
  let matching = null;
  try {
    matching = await readRuns();
  } catch (error) {
    if (!error.told) throw error;
    say("where-fault", error.message);
    byId("runs-part").hidden = true;
  }
  await readStudies(matching);
}

views.studies = {
  async open(asked) {
    Object.assign(filter, {where: asked.get("where") ?? "", sort: asked.get("sort") ?? "", study: asked.get("study") ?? ""});
    byId("where").value = filter.where;
    await readAll();
  },
  news: live.unhurried(readAll),
};

// --- Completion ------------------------------------------------------------------------------------------------------
const box = {timer: 0, words: [], place: -1, half: false};
function closeOffers() {
  byId("offers").hidden = true;
  byId("where").setAttribute("aria-expanded", "false");
  byId("where").removeAttribute("aria-activedescendant");
  box.place = -1;
}
function choose(place) {
  box.place = place;
  [...byId("offers").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
  place < 0 ? byId("where").removeAttribute("aria-activedescendant") : byId("where").setAttribute("aria-activedescendant", `offer-${place}`);
  byId("offers").children[place]?.scrollIntoView({block: "nearest"});
}
function accept(place) {
  byId("where").value = box.words[place];
  byId("where").focus();
  closeOffers();
}
async function offer() {
  const typed = byId("where").value.slice(0, byId("where").selectionStart);
  const {offers, from} = await ask("offers", {typed});
  if (typed !== byId("where").value.slice(0, byId("where").selectionStart) || document.activeElement !== byId("where")) return;
  const shared = new TextDecoder().decode(new TextEncoder().encode(typed).slice(0, from)).length;  // the server counts bytes
  box.half = typed.length > shared;
  box.words = offers.map(({word}) => word + byId("where").value.slice(byId("where").selectionStart));
  byId("offers").replaceChildren(...offers.map(({word, about}, place) => make("li", {id: `offer-${place}`, role: "option", onmousedown: event => { event.preventDefault(); accept(place); }},
    make("b", {textContent: word.slice(shared)}), make("span", {textContent: about}))));
  choose(-1);
  byId("offers").hidden = offers.length === 0;
  byId("where").setAttribute("aria-expanded", String(offers.length > 0));
}
function makeBox() {
  const input = byId("where");
  input.addEventListener("input", () => { clearTimeout(box.timer); box.timer = setTimeout(() => offer().catch(closeOffers), 150); });
  input.addEventListener("blur", closeOffers);
  input.addEventListener("keydown", event => {
    const isOpen = !byId("offers").hidden, count = box.words.length;
    if (event.key === "ArrowDown" && !isOpen) offer().catch(closeOffers);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && isOpen) choose((box.place + (event.key === "ArrowDown" ? 1 : count + (box.place < 0 ? 0 : -1))) % count);
    else if ((event.key === "Enter" || event.key === "Tab") && isOpen && box.place >= 0) accept(box.place);
    else if (event.key === "Tab" && !event.shiftKey && isOpen && box.half) accept(0);
    else if (event.key === "Escape" && isOpen) closeOffers();
    else return;
    event.preventDefault();
  });
  byId("filter-form").addEventListener("submit", event => {
    event.preventDefault();
    closeOffers();
    goTo(addressOf({view: "studies", ...filter, where: input.value.trim()}));
  });
  byId("clear").addEventListener("click", () => { location.hash = addressOf({view: "studies"}); });
  addEventListener("keydown", event => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || typing || byId("studies").hidden) return;
    event.preventDefault();
    input.focus();
  });
}

// --- Answers that do not follow a sweep --------------------------------------------------------------------------------
const asOf = id => say(id, `As of ${live.clock()}.`);
/// What a fixed view does with news.
const outdate = (id, button) => () => {
  if (!byId(id).hidden && !byId(id).textContent.includes("since")) say(id, `${byId(id).textContent} The results have changed since: “${button}” asks again.`);
};
/// Opens an address, though it is the one that is open.
function goTo(wanted) { wanted === location.hash ? live.open() : location.hash = wanted; }

// --- Two variants, or two runs ----------------------------------------------------------------------------------------
function fillSelect(id, entries, chosen) {
  byId(id).replaceChildren(...entries.map(([value, text]) => make("option", {value, textContent: text})));
  if (entries.some(([value]) => String(value) === String(chosen))) byId(id).value = chosen;
}
/// Rows without the columns in which nothing stands.
function withoutEmpty(rows) {
  const keys = Object.keys(rows[0] ?? {}).filter(key => rows.some(row => row[key] !== null && row[key] !== "" && !(key === "leaked" && !row[key])));
  return rows.map(row => Object.fromEntries(keys.map(key => [key, row[key]])));
}
/// Long tables are folded away.
function sectionOf([title, content], isFolded) {
  const body = Array.isArray(content) ? make("div", {className: "scroll", tabIndex: 0, role: "region", ariaLabel: title}, tableOf(withoutEmpty(content))) : make("p", {textContent: content});
  return isFolded ? make("details", {}, make("summary", {textContent: title}), body) : make("section", {}, make("h2", {textContent: title}), body);
}
function showCompared(answer, notes) {
  const parts = Object.entries(answer), isCurve = ([title]) => title.endsWith(" epoch by epoch");
  const [, first, more] = /^(.*?\.)(?:\s+(?=[A-Z])(.*))?$/s.exec(answer.Verdict ?? "") ?? ["", answer.Verdict, ""];
  say("verdict", first);
  say("verdict-more", more);
  const [title, rows] = parts.find(isCurve) ?? ["", []], names = answer.Compared?.[0] ?? {};
  const series = [["A", "a_mean", 0], ["B", "b_mean", 1]].map(([side, key, place]) => ({label: `${side}: ${names[side] ?? ""}`, place, points: rows.map(row => [row.epoch, row[key]])}));
  byId("compared-figure").hidden = rows.length === 0;
  const metric = title.replace(/ epoch by epoch$/, "");
  byId("compared-caption").textContent = `${metric}, mean over the finished runs`;
  if (rows.length) draw("compared-curve", series, {x: "epoch", y: metric, legend: true, told: series.map(({label, points}) => `${label}: ${show(points.at(-1)[1])} after epoch ${points.at(-1)[0]}`).join("; ")});
  byId("compared").replaceChildren(...parts.filter(([key]) => key !== "Verdict").map(part => sectionOf(part, isCurve(part) || part[0].startsWith("All metrics"))), ...(notes ? [make("p", {className: "small", textContent: notes})] : []));
}
async function fillVariants(study, a, b) {
  const {variants} = await ask("variants", {study});  // names alone: no look
  const entries = variants.map(({id, name, baseline}) => [id, baseline ? `${name} (baseline)` : name]);
  const base = variants.find(variant => variant.baseline) ?? variants[0];
  fillSelect("compare-a", entries, a ?? base?.id);
  fillSelect("compare-b", entries, b ?? variants.find(variant => variant !== base)?.id);
}
views.compare = {
  fixed: true,
  news: outdate("compare-of", "Compare"),
  async open(asked) {
    const {studies} = await ask("studies");
    if (!studies.length) throw new Error("No study yet.");
    const [a, b] = [asked.get("a"), asked.get("b")], runs = asked.get("runs") === "1" ? {runs: "1"} : {};
    let answer = {}, fault = null;
    try {
      if (a !== null && b !== null) answer = await ask("compare", {a, b, ...runs});
    } catch (error) {
      if (error === live.superseded) throw error;
      fault = error;
    }
    const [study] = answer.studies ?? [];  // the two are of these, whatever the address says
    fillSelect("compare-study", studies.map(({id, name}) => [id, name]), study ?? asked.get("study") ?? studies[0].id);
    if (!runs.runs) await fillVariants(byId("compare-study").value, a, b);
    byId("compared").replaceChildren();
    ["compare-of", "weakened", "verdict", "verdict-more"].forEach(id => say(id, ""));
    byId("compared-figure").hidden = true;
    if (fault) throw fault;
    const {rows, notes, weakened} = answer;
    if (!rows) return;
    showCompared(rows, notes);
    asOf("compare-of");
    const more = weakened.replace(/^Weakened by: |\.$/g, "").split("; ").filter(clause => clause && !(rows.Verdict ?? "").includes(clause));
    say("weakened", more.length ? `Their study is weakened by this, too: ${more.join("; ")}.` : "");
  },
};
function makeCompare() {
  byId("compare-study").addEventListener("change", () => { location.hash = addressOf({view: "compare", study: byId("compare-study").value}); });
  byId("compare-form").addEventListener("submit", event => {
    event.preventDefault();
    goTo(addressOf({view: "compare", study: byId("compare-study").value, a: byId("compare-a").value, b: byId("compare-b").value}));
  });
}

// --- SQL -------------------------------------------------------------------------------------------------------------
const asked = {queries: [], rows: [], page: String(Math.random())};  // of one page the newest question counts
function plotAsked() {
  const [x, y] = [byId("plot-x").value, byId("plot-y").value];
  const points = asked.rows.map(row => [row[x], row[y]]).filter(pair => pair.every(value => typeof value === "number"));
  draw("asked-plot", [{label: y, place: 0, points}], {x, y, dots: true, told: `${points.length} points of ${y} over ${x}`});
}
function showRows({rows, notes}) {
  asked.rows = rows;
  byId("asked").hidden = false;
  byId("asked-note").textContent = [`${rows.length} row${rows.length === 1 ? "" : "s"}`, notes.replace(" by --limit", "")].filter(Boolean).join("; ");
  const whole = (key, value) => typeof value === "number" ? make("bdi", {textContent: String(value)}) : undefined;  // SQL is answered to the last digit
  byId("asked-rows").replaceChildren(rows.length ? tableOf(rows, whole) : "");
  if (rows.length) makeSortable(byId("asked-rows").firstChild, () => {});
  const numeric = Object.keys(rows[0] ?? {}).filter(key => rows.some(row => typeof row[key] === "number"));
  for (const [id, place] of [["plot-x", 0], ["plot-y", 1]]) fillSelect(id, numeric.map(key => [key, key]), live.address().get(id) ?? numeric[Math.min(place, numeric.length - 1)]);
  document.querySelectorAll("#asked .controls, #asked figure").forEach(part => { part.hidden = numeric.length < 2; });
  if (numeric.length >= 2) plotAsked();
}
views.ask = {
  fixed: true,
  news: outdate("ask-of", "Ask"),
  async open(address) {
    if (!asked.queries.length) {
      asked.queries = (await ask("queries")).queries;
      fillSelect("query-name", [["", "own SQL"], ...asked.queries.map(({name, answers}) => [name, `${name}: ${answers.split(".")[0]}`])], "");
      fillSelect("query-study", (await ask("studies")).studies.map(({name}) => [name, name]), null);
    }
    const [sql, name, study] = [address.get("sql"), address.get("name"), address.get("study")];
    if (name !== null) byId("query-name").value = asked.queries.some(query => query.name === name) ? name : "";
    chooseQuery();
    if (sql !== null) byId("sql").value = sql;
    if (study !== null) byId("query-study").value = study;
    say("ask-fault", "");
    say("ask-of", "");
    byId("asked").hidden = true;
    if (!sql && !name) return;
    try {
      showRows(await ask("ask", {...(name ? {name, ...(study ? {study} : {})} : {sql}), page: asked.page}));
      asOf("ask-of");
    } catch (error) {
      if (error === live.superseded) throw error;
      say("ask-fault", error.message);
    }
  },
};
function chooseQuery() {
  const query = asked.queries.find(({name}) => name === byId("query-name").value);
  if (query) byId("sql").value = query.sql;
  byId("sql").readOnly = Boolean(query);
  byId("query-study-label").hidden = !query?.study;
}
function makeAsk() {
  const send = () => {
    const name = byId("query-name").value, needsStudy = !byId("query-study-label").hidden;
    const wanted = addressOf(name ? {view: "ask", name, ...(needsStudy ? {study: byId("query-study").value} : {})} : {view: "ask", sql: byId("sql").value});
    goTo(wanted);
  };
  byId("ask-form").addEventListener("submit", event => { event.preventDefault(); send(); });
  byId("sql").addEventListener("keydown", event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(); });
  byId("query-name").addEventListener("change", chooseQuery);
  for (const id of ["plot-x", "plot-y"]) byId(id).addEventListener("change", () => {
    history.replaceState(null, "", addressOf({...Object.fromEntries(live.address()), [id]: byId(id).value}));  // asks nothing anew
    plotAsked();
  });
}

makeBox();
makeCompare();
makeAsk();
})();
