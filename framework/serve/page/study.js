// A study's first screen, and one run.
(() => {
"use strict";
const {byId, make} = page;
const {ask, addressOf, link, show, duration, renew, putTable, draw, views, colour, dash} = live;

// --- A study ---------------------------------------------------------------------------------------------------------
const of = {id: null, answer: "", done: 0, rests: 0, curves: new Map(), places: new Map(), metric: "", drawn: 0, shown: ""};
const betweenDrawings = 3000;  // milliseconds: drawing is most of what the page costs the machine, on which a sweep may run

const words = [["done", "done", "done"], ["running", "running", "running"], ["failed", "failed", "bad"], ["diverged", "diverged", "bad"], ["stopped", "stopped by the rule", "cut"]];
/// Fills a bar; returns what it says in words.
function fillBar(bar, counts, left) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  bar.replaceChildren(...words.filter(([key]) => counts[key]).map(([key, text, kind]) => {
    const part = make("span", {className: kind, title: `${counts[key]} ${text}`});
    part.style.width = `${100 * counts[key] / all}%`;
    return part;
  }));
  const waiting = (counts.planned ?? 0) + (counts.waiting ?? 0) + (counts.interrupted ?? 0);
  const told = [`${all} run${all === 1 ? "" : "s"}`, ...words.filter(([key]) => counts[key]).map(([key, text]) => `${counts[key]} ${text}`), ...(waiting ? [`${waiting} left`] : [])];
  // Runs that wait for a stop rule count for nothing before it is known which go on: no time left would be said of them.
  if (left !== null && left !== undefined && !(waiting && left < 1)) told.push(`about ${duration(left)} left`);
  bar.setAttribute("aria-label", told.join(", "));
  return told.join(" · ");
}

function list(id, lines) { byId(id).replaceChildren(...(lines ?? []).map(line => make("li", {textContent: line}))); }

async function readAnswer() {
  const answer = await ask("study", {id: of.id});
  of.answer = answer.answer;
  of.rests = performance.now() + 1000 * answer.rests;
  of.done = answer.hidden ? null : answer.done;
  of.metric = answer.metric;
  document.title = `${answer.study} · ablate`;
  byId("study-title").replaceChildren(answer.study, ...(answer.archived ? [" ", make("span", {className: "kind", textContent: "archived"})] : []));
  byId("question").textContent = answer.question;
  byId("headline").textContent = answer.headline;
  byId("chips").replaceChildren(...[...(answer.chips ?? [])].map(chip => make("span", {textContent: chip})));
  list("bullets", answer.bullets);
  list("notes", [...(answer.notes ?? []), ...(answer.off_record ? [`This look is not on record: ${answer.off_record}`] : [])]);
  byId("plot").hidden = !answer.plot;
  byId("plot-wide").innerHTML = answer.plot?.wide ?? "";
  byId("plot-narrow").innerHTML = answer.plot?.narrow ?? "";
  byId("plot-caption").textContent = answer.plot?.caption ?? "";
  byId("variants").hidden = !answer.table;
  putTable(byId("variant-table"), document.createRange().createContextualFragment(answer.table ?? ""));
  list("variant-notes", answer.table_notes);
  byId("to-runs").href = addressOf({view: "studies", study: of.id});
  byId("to-compare").href = addressOf({view: "compare", study: of.id});
  answer.variants.forEach(({name}, place) => of.places.set(name, place));
}

/// What a picture of long curves leaves out.
const thinned = every => every > 1 ? ` Of every ${every} epochs, the lowest and the highest are drawn.` : "";
/// Epochs whose value is no number, which a line passes over.
function gaps(series) {
  return series.flatMap(({label, points}) => {
    const at = points.filter(([, value]) => value === null).map(([epoch]) => epoch);
    return at.length ? [`; no number on ${label} at epoch ${at.slice(0, 3).join(", ")}${at.length > 3 ? " and more" : ""}`] : [];
  }).join("");
}

function drawCurves() {
  const series = [...of.curves.values()];
  byId("running").hidden = series.length === 0;
  if (!series.length) { of.drawn = 0; return; }
  const name = one => `${one.variant}, seed ${one.seed}`;
  const split = series.find(one => one.split)?.split ?? "";
  byId("curves-box").hidden = !series.some(one => one.points?.length);
  // Other curves than those that are drawn do not wait: the legend has them already.
  const shown = series.map(one => `${one.id}:${Boolean(one.points?.length)}`).join();
  if (!byId("curves-box").hidden && (!of.drawn || shown !== of.shown || performance.now() - of.drawn >= betweenDrawings)) {
    Object.assign(of, {drawn: performance.now(), shown});
    draw("curves", series.filter(one => one.points).map(one => ({label: name(one), place: of.places.get(one.variant) ?? 0, points: one.points})), {x: "epoch", y: [of.metric.split(".").at(-1), split].filter(Boolean).join(", "), last: Math.max(...series.map(one => one.of ?? 0)),
      told: series.map(one => `${name(one)}: ${show(one.points?.at(-1)?.[1])} after epoch ${one.epoch}${one.of ? ` of ${one.of}` : ""}`).join("; ")});
  }
  renew(byId("curves-legend"), series.map(one => {
    const swatch = make("span", {className: "swatch", ariaHidden: "true"}), place = of.places.get(one.variant) ?? 0;
    swatch.style.borderTopColor = colour(place);
    swatch.style.borderTopStyle = dash(place).length ? "dashed" : "solid";
    const item = make("li", {}, swatch, link(name(one), {view: "run", id: one.id}), make("span", {textContent: `epoch ${one.epoch}${one.of ? ` of ${one.of}` : ""}`}));
    item.dataset.key = one.id;
    return item;
  }));
  const metric = of.metric.split(".").at(-1), isOnTestAlone = !split && series.some(one => one.points && one.epoch > 0);
  byId("curves-caption").textContent = isOnTestAlone ? `${metric} has no value on validation or train, so there is no curve while they are trained.` : split ? `On ${split}.${thinned(Math.max(...series.map(one => one.every)))} Numbers on test come with the end of a run, so that nobody chooses by them.` : "";
}

function takeRunning(running) {
  const now = new Map();
  for (const run of running) {
    const had = of.curves.get(run.id), before = had?.attempt === run.attempt ? had?.points ?? [] : [];  // one that began anew has none
    const known = before.at(-1)?.[0] ?? 0;
    now.set(run.id, {...run, every: Math.max(run.every ?? 1, before.length ? had.every : 1), points: run.points ? [...before, ...run.points.filter(([epoch]) => epoch > known)] : undefined});
  }
  of.curves = now;
  drawCurves();
}

views.study = {
  needsId: true,
  async open(asked) {
    const id = asked.get("id");
    of.drawn = 0;
    if (id !== of.id) Object.assign(of, {id, answer: "", curves: new Map(), places: new Map()});
    await readAnswer();
  },
  watch: () => ({study: of.id, known: [...of.curves.values()].map(run => `${run.attempt}:${run.points?.at(-1)?.[0] ?? 0}`).join(",")}),
  async news({study, running}) {
    if (!study) return;
    const isNews = study.answer !== of.answer, rests = isNews && running && performance.now() < of.rests;
    const since = rests && of.done !== null ? ` · the answer is of ${of.done} done, the next in ${duration((of.rests - performance.now()) / 1000)}` : "";
    byId("progress-text").textContent = fillBar(byId("progress"), study.counts, study.seconds_left) + since;
    byId("sent-text").textContent = study.elsewhere;
    takeRunning(study.running);
    byId("faults").hidden = study.faults.length === 0;
    renew(byId("fault-list"), study.faults.map(run => {
      const item = make("li", {}, link(`${run.variant}, seed ${run.seed}`, {view: "run", id: run.id}), ` ${run.status}: ${run.error}`);
      item.dataset.key = run.id;
      return item;
    }));
    if (isNews && !rests) await readAnswer();
    // An answer that rests is asked for again at the next tick, changes or not.
    if (study.answer !== of.answer) live.state.cursor = "";
  },
};

// --- A run -----------------------------------------------------------------------------------------------------------
const run = {id: null, status: ""};
async function readRun() {
  const one = await ask("run", {id: run.id});
  run.status = one.status;
  document.title = `Run ${one.id} · ablate`;
  byId("run-title").replaceChildren(`Run ${one.id} `, make("span", {className: "kind", textContent: one.status}));
  byId("run-facts").replaceChildren(link(one.study_name, {view: "study", id: one.study}), `: ${one.variant}, seed ${one.seed}`);
  const series = Object.entries(one.curves).filter(([, points]) => points.length).map(([split, points], place) => ({label: split, place, points}));
  byId("run-box").hidden = series.length === 0;
  if (series.length) draw("run-curve", series, {x: "epoch", y: one.metric, legend: true, told: series.map(({label, points}) => `${label}: ${show(points.at(-1)[1])} after epoch ${points.at(-1)[0]}`).join("; ")});
  byId("run-caption").textContent = one.hidden ? "What it reached is hidden until every run of its study has ended." :
    !series.length ? (one.epochs ? `${one.metric} has no value to draw.` : "No epoch yet.") : `${one.metric} on ${series.map(({label}) => label).join(", ")}${one.status === "done" ? "" : "; on test once it is done"}${gaps(series)}.${thinned(one.every)}`;
  renew(byId("run-tables"), one.tables.map(({title, html}) => {
    const box = make("div", {className: "scroll", tabIndex: 0, role: "region", ariaLabel: title});
    box.innerHTML = html;
    const section = make("section", {}, make("h2", {textContent: title}), box);
    section.dataset.key = title;
    return section;
  }));
}
const refreshRun = live.unhurried(readRun);

views.run = {
  needsId: true,
  async open(asked) {
    run.id = asked.get("id");
    run.status = "";
    await readRun();
  },
  async news() {
    if (["running", "planned", "waiting", "interrupted"].includes(run.status)) await refreshRun();
  },
};

live.fillBar = fillBar;
})();
