// What moves on the report's page, beside page.js. All numbers are in the page (#data); nothing is loaded and nothing is evaluated.
// The address can say what is shown: #metric=log_loss&split=validation&scale=log&on=0,2&filter=wide&theme=dark
// With "test" in it, the page writes what it shows as JSON into <pre id="shown">.
(() => {
"use strict";

const {faults, byId, make, isDark, setTheme, makeTheme} = page;

const data = JSON.parse(byId("data").textContent);
const {asked} = page;
const missing = "–";

// --- Colours: Okabe and Ito's, told apart by colour-blind people; after eight variants the line's dashes differ ----
const light = ["#0072b2", "#d55e00", "#009e73", "#b0578d", "#56b4e9", "#c98700", "#7a6a00", "#1b1f24"];
const dark = ["#4da3e0", "#ff8a3d", "#2cc79a", "#e596c5", "#9bd4f7", "#f2b134", "#f0e442", "#e6e9ed"];
const dashes = [[], [7, 4], [2, 3]], borders = ["solid", "dashed", "dotted"];
const order = [...new Set([...data.drawn, ...data.variants.keys()])];
const rank = new Map(order.map((place, i) => [place, i]));
const colour = place => (isDark() ? dark : light)[rank.get(place) % 8];
const faint = (hex, share) => hex + Math.round(share * 255).toString(16).padStart(2, "0");
const dash = place => Math.floor(rank.get(place) / 8) % 3;

function paint(swatch, place) {
  swatch.style.borderTopColor = colour(place);
  swatch.style.borderTopStyle = borders[dash(place)];
}
function swatch(place) {
  const mark = make("span", {className: "swatch", ariaHidden: "true"});
  mark.dataset.of = place;
  paint(mark, place);
  return mark;
}

// --- State ---------------------------------------------------------------------------------------------------
const state = {on: new Set(data.drawn)};
const shownVariants = () => order.filter(place => state.on.has(place));
const nameOf = place => data.variants[place].label + (data.variants[place].baseline ? " (baseline)" : "") + (data.variants[place].leaked ? " †" : "");
const control = name => byId(name);
const value = name => control(name)?.value;
const checked = name => control(name)?.checked ?? false;

function show(number) {
  if (number === null || number === undefined || !Number.isFinite(number)) return missing;
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return number.toExponential(2);
  return number.toFixed(size >= 1000 ? 1 : 4);
}
const signed = number => number === null ? missing : (number > 0 ? "+" : number < 0 ? "−" : "") + show(Math.abs(number));

// --- Charts --------------------------------------------------------------------------------------------------
const charts = {}, describe = {}, numbers = {};

function axis(title, extra = {}) {
  return {title: {display: Boolean(title), text: title}, grid: {drawTicks: false}, border: {display: false}, ...extra};
}
function draw(id, config) {
  if (!byId(id)) return;
  charts[id]?.destroy();
  config.options = {animation: false, responsive: true, maintainAspectRatio: false, layout: {padding: {top: 6, right: 10}}, ...config.options};
  config.options.plugins = {legend: {display: false}, ...config.options.plugins};
  charts[id] = new Chart(byId(id), config);
  byId(id).setAttribute("aria-label", describe[id]());
  const legend = document.querySelector(`[data-legend="${id}"]`);
  if (legend) legend.replaceChildren(...shownVariants().filter(place => config.drawn.includes(place)).map(place => make("li", {}, swatch(place), make("bdi", {textContent: nameOf(place)}))));
  const table = document.querySelector(`[data-numbers="${id}"]`);
  if (table?.open) fillNumbers(table);
}

/// A name's parts up to each comma, in at most three lines of about so many letters: its end tells it from others.
function inLines(name, letters) {
  const lines = [""], cut = line => line.length > letters + 4 ? `${line.slice(0, letters + 3)}…` : line;
  for (const part of name.split(/(?<=,)/)) lines.at(-1) && (lines.at(-1) + part).length > letters ? lines.push(part) : lines.push(lines.pop() + part);
  return (lines.length > 3 ? [lines[0], "…", lines.at(-1)] : lines).map(cut);
}

/// A variant's curve in the chosen metric: points with mean and interval.
function curvePoints(place, split, metric) {
  const curve = data.variants[place].curves?.[split];
  if (!curve?.[metric]) return [];
  const [means, widths] = curve[metric];
  return curve.epochs.map((x, i) => {
    const y = means[i] === null ? null : means[i] * data.unit, width = widths?.[i] ?? null;
    return {x, y, low: width === null ? null : y - width * data.unit, high: width === null ? null : y + width * data.unit};
  }).filter(point => point.y !== null);
}

function lines(series, log) {
  const datasets = [];
  for (const {place, points} of series) {
    const band = points.filter(point => point.low !== null && point.high > point.low);
    if (checked("bands") && band.length) {
      const floor = log ? Math.min(...points.map(point => point.y)) / 3 : -Infinity;
      const edge = {borderWidth: 0, pointRadius: 0, pointHitRadius: 0, band: true};
      datasets.push({...edge, data: band.map(point => ({x: point.x, y: Math.max(point.low, floor)})), fill: false});
      datasets.push({...edge, data: band.map(point => ({x: point.x, y: point.high})), fill: "-1", backgroundColor: faint(colour(place), 0.16)});
    }
    datasets.push({label: nameOf(place), data: points, borderColor: colour(place), backgroundColor: colour(place), borderDash: dashes[dash(place)],
      borderWidth: 2, pointRadius: points.length > 30 ? 0 : 2, pointHoverRadius: 4, fill: false});
  }
  return datasets;
}

const lineOptions = (scales, tooltip) => ({
  parsing: false, normalized: true, scales, interaction: {mode: "index", axis: "x", intersect: false},
  plugins: {tooltip: {filter: item => !item.dataset.band, callbacks: {title: items => items.length ? `epoch ${items[0].parsed.x}` : "", label: tooltip}}},
});
const epochAxis = series => axis("epoch", {type: "linear", min: series.some(one => one.points.length > 1) ? Math.min(...series.map(one => one.points[0].x)) : undefined, ticks: {precision: 0}, grid: {display: false}});

function drawCurves() {
  if (!byId("curves")) return;
  const metric = data.metrics.find(one => one.name === value("metric")), split = value("split"), log = value("scale") === "log";
  const series = shownVariants().map(place => ({place, points: metric ? curvePoints(place, split, metric.name) : []})).filter(one => one.points.length);
  const last = Math.max(...series.map(one => one.points.at(-1).x)), from = checked("settled") ? last / 4 : 0;
  const spanned = series.flatMap(one => one.points).filter(point => point.x > from && (!log || point.y > 0)).map(point => point.y);
  const y = axis(metric ? `${metric.title} (${metric.better === "up" ? "higher" : "lower"} is better), ${split}` : "", {type: log ? "logarithmic" : "linear"});
  if ((checked("settled") || log) && spanned.length) {
    const low = spanned.reduce((a, b) => Math.min(a, b)), high = spanned.reduce((a, b) => Math.max(a, b)), margin = (high - low) * 0.15 || Math.abs(high) * 0.01 || 1;
    y.min = log ? low / 1.1 : low - margin;
    y.max = log ? high * 1.1 : high + margin;
    y.ticks = {includeBounds: false};
  }
  describe.curves = () => `${y.title.text}. ${series.map(({place, points}) => `${nameOf(place)}: ${show(points.at(-1).y)} in epoch ${points.at(-1).x}`).join("; ") || "No variant is shown."}`;
  numbers.curves = () => [["variant", "epoch", "mean", "interval"], ...series.flatMap(({place, points}) => points.map(point => [nameOf(place), point.x, show(point.y), point.low === null ? missing : `${show(point.low)} to ${show(point.high)}`]))];
  state.curves = series;
  const label = item => `${item.dataset.label}: ${show(item.raw.y)}${item.raw.low === null ? "" : ` (${show(item.raw.low)} to ${show(item.raw.high)})`}`;
  draw("curves", {type: "line", drawn: series.map(one => one.place), data: {datasets: lines(series, log)}, options: lineOptions({x: epochAxis(series), y}, label)});
}

function drawRates() {
  if (!byId("rates")) return;
  const log = value("rate-scale") === "log";
  const series = shownVariants().map(place => {
    const rates = data.variants[place].rates;
    return {place, points: (rates?.epochs ?? []).map((x, i) => ({x, y: rates.mean[i], low: null, high: null})).filter(point => point.y !== null && (!log || point.y > 0))};
  }).filter(one => one.points.length);
  describe.rates = () => `Learning rate over the epochs. ${series.map(({place, points}) => `${nameOf(place)}: from ${points[0].y} to ${points.at(-1).y}`).join("; ")}`;
  numbers.rates = () => [["variant", "epoch", "learning rate"], ...series.flatMap(({place, points}) => points.map(point => [nameOf(place), point.x, String(point.y)]))];
  state.rates = series;
  const y = axis("learning rate", {type: log ? "logarithmic" : "linear", beginAtZero: !log});
  draw("rates", {type: "line", drawn: series.map(one => one.place), data: {datasets: lines(series, log)}, options: lineOptions({x: epochAxis(series), y}, item => `${item.dataset.label}: ${item.raw.y}`)});
}

/// The mean on its interval, and the line of no difference.
const effectMarks = {
  id: "effectMarks",
  afterDatasetsDraw(chart) {
    const {ctx, chartArea: area, scales: {x}} = chart, zero = x.getPixelForValue(0);
    ctx.save();
    ctx.strokeStyle = Chart.defaults.color;
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.moveTo(zero, area.top);
    ctx.lineTo(zero, area.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    chart.getDatasetMeta(0).data.forEach((bar, i) => {
      const at = x.getPixelForValue(state.effects[i].mean);
      ctx.fillStyle = colour(state.effects[i].place);
      ctx.strokeStyle = isDark() ? "#14171b" : "#fff";
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(at, bar.y, 6, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    });
    ctx.restore();
  },
};

function drawEffects() {
  if (!byId("effects")) return;
  const effects = shownVariants().filter(place => data.variants[place].difference?.mean != null).sort((a, b) => a - b)
    .map(place => ({place, ...data.variants[place].difference}));
  state.effects = effects;
  const text = ({place, mean, low, high, n}) => `${nameOf(place)}: ${signed(mean)}${low === null ? "" : ` (${signed(low)} to ${signed(high)})`}, ${n} pair${n === 1 ? "" : "s"}`;
  describe.effects = () => `Difference from the baseline. ${effects.map(text).join("; ") || "No variant is shown."}`;
  const clear = effect => effect.low > 0 || effect.high < 0;
  const ends = effects.flatMap(effect => [0, effect.mean, effect.low ?? 0, effect.high ?? 0]), span = Math.max(...ends, 0) - Math.min(...ends, 0) || 1;
  const labels = effects.map(effect => inLines(nameOf(effect.place), innerWidth < 640 ? 22 : 44));
  byId("effects-box").style.height = `${Math.min(800, Math.max(2, effects.length) * Math.max(2.2, ...labels.map(lines => lines.length + 0.6)) + 4)}rem`;
  draw("effects", {
    type: "bar", plugins: [effectMarks],
    data: {labels, datasets: [{
      data: effects.map(effect => [effect.low ?? effect.mean, effect.high ?? effect.mean]), barThickness: 9, borderRadius: 4, borderSkipped: false, minBarLength: 1,
      backgroundColor: effects.map(effect => faint(colour(effect.place), effect.low !== null && clear(effect) ? 0.6 : 0.28))}]},
    options: {indexAxis: "y", interaction: {mode: "nearest", axis: "y", intersect: false},
      scales: {x: axis(`difference in ${data.primary.split}.${data.primary.metric}`, {min: Math.min(...ends, 0) - 0.06 * span, max: Math.max(...ends, 0) + 0.06 * span, ticks: {includeBounds: false, maxRotation: 0, autoSkip: false, maxTicksLimit: innerWidth < 640 ? 5 : 9, callback: number => `${number > 0 ? "+" : number < 0 ? "−" : ""}${parseFloat(Math.abs(number).toPrecision(4))}`}}), y: axis("", {grid: {display: false}, ticks: {autoSkip: false}})},
      plugins: {tooltip: {callbacks: {title: () => "", label: item => text(effects[item.dataIndex])}}}},
  });
}

// --- Factors: a table of two of them, and one line per variant across all of them -----------------------------------
const mean = values => values.reduce((sum, number) => sum + number, 0) / values.length;
const inOrder = (a, b) => a - b || a.localeCompare(b, "en", {numeric: true});
const valuesOf = factor => [...new Set(data.variants.map(variant => variant.factors[factor]))].sort(inOrder);
const reached = () => [...data.variants.keys()].filter(place => data.variants[place].primary !== null);
const better = data.better === "up" ? 1 : -1;

/// The primary metric's mean over the variants of each cell; the fuller the colour, the better.
function drawGrid() {
  if (!byId("grid")) return;
  const [down, across] = [Number(value("grid-rows")), Number(value("grid-columns"))], rows = valuesOf(down), columns = valuesOf(across);
  const inCell = (row, column) => reached().filter(place => data.variants[place].factors[down] === row && data.variants[place].factors[across] === column);
  const cells = rows.map(row => columns.map(column => inCell(row, column))), all = cells.flat().filter(places => places.length).map(places => mean(places.map(place => data.variants[place].primary)));
  const worst = Math.min(...all.map(number => number * better)), span = Math.max(...all.map(number => number * better)) - worst || 1;
  const body = make("tbody", {}, ...rows.map((row, r) => make("tr", {}, make("th", {scope: "row", textContent: row}), ...cells[r].map(places => {
    const cell = make("td", {textContent: missing});
    if (!places.length) return cell;
    const number = mean(places.map(place => data.variants[place].primary)), share = (number * better - worst) / span;
    cell.textContent = show(number);
    cell.title = places.map(nameOf).join(", ");
    cell.style.backgroundColor = faint((isDark() ? dark : light)[0], 0.06 + 0.5 * share);
    return cell;
  }))));
  const name = factor => data.factors[factor];
  byId("grid").replaceChildren(make("table", {className: "matrix few"}, make("caption", {className: "small", textContent: `${name(down)} down, ${name(across)} across`}),
    make("thead", {}, make("tr", {}, make("td"), ...columns.map(column => make("th", {scope: "col", textContent: column})))), body));
}

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, text);
  element.append(...children);
  return element;
};
function drawParallel() {
  const box = byId("parallel");
  if (!box) return;
  const places = reached(), numbers = places.map(place => data.variants[place].primary), low = Math.min(...numbers), high = Math.max(...numbers);
  const width = Math.max(box.clientWidth, 130 * (data.factors.length + 1)), height = 300, top = 34, bottom = 272, side = 70;
  const axes = [...data.factors.map((name, factor) => {
    const values = valuesOf(factor);
    return {name, ticks: values, at: variant => (values.indexOf(variant.factors[factor]) + 0.5) / values.length};
  }), {name: `${data.primary.split}.${data.primary.metric}`, ticks: null, at: variant => (variant.primary - low) / (high - low || 1)}];
  const x = i => side + i * (width - 2 * side) / (axes.length - 1), y = share => bottom - share * (bottom - top);
  const picture = svg("svg", {viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `Factors and ${axes.at(-1).name} of ${places.length} variants`});
  for (const place of [...places].sort((a, b) => state.on.has(a) - state.on.has(b))) {
    const on = state.on.has(place), points = axes.map((one, i) => `${x(i)},${y(one.at(data.variants[place])).toFixed(1)}`).join(" ");
    const line = svg("polyline", {points, fill: "none", stroke: on ? colour(place) : isDark() ? "#4a535e" : "#c9d0d7", "stroke-width": on ? 2.5 : 1, "stroke-dasharray": on ? dashes[dash(place)].join(" ") : "", class: "line"}, svg("title", {}, `${nameOf(place)}: ${show(data.variants[place].primary)}`));
    line.addEventListener("click", () => turn(place));
    picture.append(line);
  }
  const ink = Chart.defaults.color, text = (at, height, anchor, words) => svg("text", {x: at, y: height, fill: ink, "font-size": 12, "text-anchor": anchor, class: "tick"}, words.length > 22 ? `…${words.slice(-21)}` : words);
  axes.forEach((one, i) => {
    picture.append(svg("line", {x1: x(i), x2: x(i), y1: top, y2: bottom, stroke: ink}), text(x(i), 16, "middle", one.name));
    const ticks = one.ticks ? one.ticks.map((words, k) => [words, (k + 0.5) / one.ticks.length]) : [[show(low), 0], [show(high), 1]];
    if (ticks.length <= 20) for (const [words, share] of ticks) picture.append(text(x(i) + (i ? 6 : -6), y(share) + 4, i ? "start" : "end", words.length > 9 && !one.ticks ? words : words.slice(0, 14)));
  });
  box.replaceChildren(picture);
}

// --- Classes -------------------------------------------------------------------------------------------------
const viewOf = place => data.classes.views.find(view => view.variant === place);

function drawClasses() {
  if (!byId("classes")) return;
  const view = viewOf(Number(value("class-variant"))), metric = value("class-metric");
  const base = data.classes.views.find(one => data.variants[one.variant].baseline && one !== view);
  const places = [...view[metric].keys()];
  if (checked("class-sort")) places.sort((a, b) => (view[metric][a] ?? 2) - (view[metric][b] ?? 2) || a - b);
  byId("class-runs").textContent = `${view.runs} run${view.runs === 1 ? "" : "s"} of ${nameOf(view.variant)}`;
  const name = place => data.classes.names[place];
  describe.classes = () => `${metric} of each class, ${nameOf(view.variant)}: ${places.map(place => `${name(place)} ${show(view[metric][place])}`).join(", ")}`;
  numbers.classes = () => [["class", metric, ...(base ? ["baseline"] : []), "images"], ...places.map(place => [name(place), show(view[metric][place]), ...(base ? [show(base[metric][place])] : []), view.support[place]])];
  state.classes = {view, metric, places};
  const ink = isDark() ? "#e6e9ed" : "#1b1f24";
  draw("classes", {
    type: "bar",
    data: {labels: places.map(name), datasets: [
      ...(base ? [{type: "line", label: nameOf(base.variant), data: places.map(place => base[metric][place]), showLine: false, pointStyle: "line", pointRadius: innerWidth < 640 ? 3 : 6, pointBorderWidth: 2, borderColor: ink}] : []),
      {label: nameOf(view.variant), data: places.map(place => view[metric][place]), backgroundColor: faint(colour(view.variant), 0.75), maxBarThickness: 36}]},
    options: {scales: {x: axis("class", {grid: {display: false}, ticks: {autoSkip: places.length > 60 || innerWidth < 640, maxRotation: places.length > 12 ? 90 : 0}}), y: axis(metric, {min: 0, max: 1})},
      interaction: {mode: "index", intersect: false}, plugins: {tooltip: {callbacks: {label: item => `${item.dataset.label}: ${show(item.raw)}`}}}},
  });
  drawConfusion(view);
}

function drawConfusion(view) {
  const box = byId("confusion"), size = view.support.length, names = data.classes.names;
  if (!box || !view.confusion.length) return;
  const few = size <= 15, hint = byId("confusion-caption"), told = hint.textContent, errors = [];
  const table = make("table", {className: few ? "matrix few" : "matrix"});
  const heads = names.map(name => make("th", {scope: "col", textContent: few ? name : [...name].slice(0, 2).join(""), title: name}));
  table.append(make("caption", {className: "small", textContent: `Test images of ${nameOf(view.variant)}, added up over ${view.runs} run${view.runs === 1 ? "" : "s"}`}),
    make("thead", {}, make("tr", {}, make("td", {textContent: ""}), ...heads)));
  const body = table.appendChild(make("tbody"));
  for (let truth = 0; truth < size; ++truth) {
    const row = make("tr", {}, make("th", {scope: "row", textContent: names[truth]}));
    const counts = view.confusion.slice(truth * size, (truth + 1) * size), total = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, predicted) => {
      const share = total ? count / total : 0, right = truth === predicted;
      const cell = make("td", {textContent: few ? count : "", title: `${names[truth]} taken for ${names[predicted]}: ${count} of ${total}`});
      if (count) cell.style.backgroundColor = faint((isDark() ? dark : light)[right ? 0 : 1], right ? 0.15 + 0.75 * share : Math.min(1, 0.12 + 0.88 * Math.sqrt(2 * share)));
      if (few && right && share > 0.6 && !isDark()) cell.style.color = "#fff";
      if (!few) cell.setAttribute("aria-label", String(count));
      row.append(cell);
      if (!right && count) errors.push({truth, predicted, count, total});
    });
    body.append(row);
  }
  table.addEventListener("mouseover", event => { if (event.target.title) hint.textContent = event.target.title; });
  table.addEventListener("mouseleave", () => { hint.textContent = told; });
  errors.sort((a, b) => b.count - a.count || a.truth - b.truth || a.predicted - b.predicted);
  const rows = errors.slice(0, 10).map(({truth, predicted, count, total}) => [names[truth], names[predicted], count, `${(100 * count / total).toFixed(1)}%`]);
  const most = make("div", {id: "confused"}, ...(rows.length ? [make("h3", {textContent: "Most frequent errors"}), textTable([["truth", "taken for", "images", "share of the class"], ...rows])] : []));
  box.replaceChildren(make("div", {className: "beside"}, table, most));
}

function textTable([head, ...rows]) {
  const body = make("tbody", {}, ...rows.map(row => make("tr", {}, ...row.map((cell, i) => make(i ? "td" : "th", i ? {textContent: cell, className: "number"} : {textContent: cell, scope: "row"})))));
  return make("table", {}, make("thead", {}, make("tr", {}, ...head.map((cell, i) => make("th", {textContent: cell, scope: "col", className: i ? "number" : ""})))), body);
}
const fillNumbers = details => details.querySelector("div").replaceChildren(textTable(numbers[details.dataset.numbers]()));

/// The two sides' curves of one class, in colours of their own: the variants need not be switched on.
function drawRoc() {
  if (!byId("roc") || !data.roc.sides.length) return;
  const label = Number(value("roc-class")), grid = data.roc.grid;
  const series = data.roc.sides.map(({variant, rates}) => ({variant, points: grid.map((x, i) => ({x, y: rates[label][i]})).filter(point => point.x > 0 && point.y !== null)}));
  describe.roc = () => `ROC of ${data.roc.names[label]} against the rest. ${series.map(({variant, points}) => `${nameOf(variant)}: ${points.slice(0, 8).map(({x, y}) => `${show(y)} at ${x}`).join(", ")}`).join("; ")}`;
  numbers.roc = () => [["side", "false-positive rate", "true-positive rate"], ...series.flatMap(({variant, points}) => points.map(({x, y}) => [nameOf(variant), String(x), show(y)]))];
  state.roc = {label: data.roc.names[label], series};
  const ink = isDark() ? dark : light;
  draw("roc", {type: "line", drawn: [], data: {datasets: series.map(({variant, points}, i) => ({label: nameOf(variant), data: points, borderColor: ink[i], backgroundColor: ink[i], borderDash: dashes[i], borderWidth: 2, pointRadius: 2, fill: false}))},
    options: {parsing: false, normalized: true, interaction: {mode: "index", axis: "x", intersect: false},
      scales: {x: axis("false-positive rate (share of the other classes' images)", {type: "logarithmic", min: 0.0005, max: 1, ticks: {maxRotation: 0, callback: number => [0.001, 0.01, 0.1, 1].some(tick => Math.abs(number / tick - 1) < 1e-9) ? String(number) : ""}}), y: axis("true-positive rate", {max: 1})},
      plugins: {legend: {display: true, position: "bottom", labels: {boxWidth: 30, boxHeight: 0}}, tooltip: {callbacks: {title: items => items.length ? `false-positive rate ${items[0].parsed.x}` : "", label: item => `${item.dataset.label}: ${show(item.raw.y)}`}}}}});
}

// --- Variants on and off ----------------------------------------------------------------------------------------
function drawAll() {
  Chart.defaults.color = isDark() ? "#9ba6b2" : "#59636e";
  Chart.defaults.borderColor = isDark() ? "#2a3038" : "#e4e8ec";
  Chart.defaults.font.family = "system-ui, 'DejaVu Sans', sans-serif";
  document.querySelectorAll(".swatch").forEach(mark => paint(mark, Number(mark.dataset.of)));
  document.querySelectorAll("[data-variant]").forEach(one => {
    const on = state.on.has(Number(one.dataset.variant));
    one.tagName === "INPUT" ? one.checked = on : one.setAttribute("aria-pressed", String(on));
  });
  if (byId("switch-count")) byId("switch-count").textContent = `${state.on.size} of ${data.variants.length} shown`;
  drawEffects();
  drawGrid();
  drawParallel();
  drawCurves();
  drawClasses();
  drawRoc();
  drawRates();
  report();
}
function turn(place) {
  state.on.has(place) ? state.on.delete(place) : state.on.add(place);
  drawAll();
}
function makeSwitches() {
  if (!byId("switches")) return;
  byId("switches").hidden = false;
  const has = order.filter(place => data.variants[place].done > 0);
  byId("chips").append(...has.map(place => {
    const chip = make("button", {type: "button", onclick: () => turn(place)}, swatch(place), make("bdi", {textContent: nameOf(place)}));
    chip.dataset.variant = place;
    return chip;
  }));
  const sets = {all: has, none: [], first: data.drawn};
  document.querySelectorAll("[data-switch]").forEach(button => button.addEventListener("click", () => {
    state.on = new Set(sets[button.dataset.switch]);
    drawAll();
  }));
}

// --- Tables that sort and filter ------------------------------------------------------------------------------
function filterRows(table) {
  const words = byId("filter").value.toLowerCase().split(/\s+/).filter(Boolean), rows = [...table.tBodies[0].rows];
  for (const row of rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
  byId("filter-count").textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length} rows`;
  report();
}
/// A text that may go on in the next line behind each comma.
const breakable = text => text.split(/(?<=,)/).flatMap((part, i) => i ? [make("wbr"), part] : [part]);
function makeTables() {
  for (const id of ["comparison", "metrics", "unfinished"]) {
    if (!byId(id)) continue;
    page.makeSortable(byId(id), report);
    for (const cell of byId(id).tBodies[0].querySelectorAll("th, td:not(.number)")) if (cell.textContent.includes(",")) cell.replaceChildren(...breakable(cell.textContent));
  }
  const table = byId("comparison");
  if (!table) return;
  [...table.tBodies[0].rows].forEach((row, place) => {
    if (!data.variants[place].done) return;
    const box = make("input", {type: "checkbox", onchange: () => turn(place)}), head = row.cells[0];
    box.dataset.variant = place;
    head.title = data.variants[place].name;
    head.replaceChildren(make("label", {}, box, swatch(place), make("bdi", {}, ...breakable(head.textContent))));
  });
  byId("filter-controls").hidden = data.variants.length < 2;
  byId("filter").addEventListener("input", () => filterRows(table));
  byId("draw-these").addEventListener("click", () => {
    state.on = new Set([...table.tBodies[0].rows].filter(row => !row.hidden).map(row => Number(row.dataset.place)).filter(place => data.variants[place].done));
    drawAll();
  });
}

/// The class on which the two sides' curves lie farthest apart.
function widestRoc() {
  if (data.roc.sides.length < 2) return 0;
  const gaps = data.roc.names.map((name, label) => data.roc.grid.reduce((sum, x, i) => sum + Math.abs((data.roc.sides[0].rates[label][i] ?? 0) - (data.roc.sides[1].rates[label][i] ?? 0)), 0));
  return gaps.indexOf(Math.max(...gaps));
}

// --- Controls ------------------------------------------------------------------------------------------------
function fillSelect(id, entries, chosen) {
  if (!control(id)) return;
  control(id).replaceChildren(...entries.map(([optionValue, label]) => make("option", {value: optionValue, textContent: label})));
  if (entries.some(([optionValue]) => String(optionValue) === String(chosen))) control(id).value = chosen;
}
function makeControls() {
  const splits = ["train", "validation", "test"].filter(split => data.variants.some(variant => variant.curves?.[split]));
  const epochs = Math.max(0, ...data.variants.flatMap(variant => Object.values(variant.curves ?? {}).map(curve => curve.epochs.length)));
  fillSelect("metric", data.metrics.map(metric => [metric.name, metric.title]), data.primary.metric);
  fillSelect("split", splits.map(split => [split, split]), data.primary.split);
  const first = data.classes.views.find(view => !data.variants[view.variant].baseline) ?? data.classes.views[0];
  fillSelect("class-variant", data.classes.views.map(view => [view.variant, nameOf(view.variant)]), first?.variant);
  fillSelect("roc-class", data.roc.names.map((name, label) => [label, name]), widestRoc());
  if (byId("settled")) byId("settled").checked = epochs >= 8;
  if (byId("curves-note") && data.curves_of < data.variants.filter(variant => variant.done).length) byId("curves-note").textContent = `The page has the curves of ${data.curves_of} variants; the database has all.`;
  fillSelect("grid-rows", data.factors.map((name, factor) => [factor, name]), 0);
  fillSelect("grid-columns", data.factors.map((name, factor) => [factor, name]), 1);
  const redraw = {"grid-rows": drawGrid, "grid-columns": drawGrid, metric: drawCurves, split: drawCurves, scale: drawCurves, settled: drawCurves, bands: drawCurves, "rate-scale": drawRates, "class-variant": drawClasses, "class-metric": drawClasses, "class-sort": drawClasses, "roc-class": drawRoc};
  for (const [id, again] of Object.entries(redraw)) control(id)?.addEventListener("change", () => { again(); report(); });
  document.querySelectorAll(".numbers").forEach(details => details.addEventListener("toggle", () => { if (details.open) fillNumbers(details); }));
}
// --- What the address asks for, and what a test reads ----------------------------------------------------------
function obey() {
  if (asked.has("theme")) setTheme(asked.get("theme") === "dark" ? "dark" : "light");
  for (const id of ["metric", "split", "scale", "rate-scale", "class-variant", "class-metric", "roc-class", "grid-rows", "grid-columns"]) {
    const choices = [...control(id)?.options ?? []].map(option => option.value);
    if (choices.includes(asked.get(id))) control(id).value = asked.get(id);
  }
  const on = (asked.get("on") ?? "?").split(",").filter(Boolean), known = on.map(Number).filter(place => data.variants[place]?.done);
  if (on.length === 0 || known.length > 0) state.on = new Set(known);
  if (asked.has("filter") && byId("filter")) { byId("filter").value = asked.get("filter"); filterRows(byId("comparison")); }
}
/// Clicks, as a person would: ids or selectors, one after the other.
function press() {
  for (const selector of asked.getAll("press")) document.querySelector(selector)?.click();
}
/// What stands on the first screen, and which columns of the comparison need no scrolling.
function screen() {
  const bottom = selector => Math.ceil(document.querySelector(selector)?.getBoundingClientRect().bottom ?? -1);
  const right = byId("comparison")?.closest(".scroll").getBoundingClientRect().right;
  return {width: innerWidth, height: innerHeight, overflows: document.documentElement.scrollWidth > innerWidth,
    question: document.querySelector(".question")?.textContent ?? null, headline: byId("answer-title").textContent,
    plot: bottom(".plot svg"), dots: document.querySelectorAll(".plot .wide .dot").length, bullets: document.querySelectorAll(".bullets li").length, end: bottom(".facts"),
    columns: [...byId("comparison")?.tHead.rows[0].cells ?? []].filter(head => head.getBoundingClientRect().right <= right + 1).map(head => head.textContent)};
}
function report() {
  if (!asked.has("test")) return;
  const series = list => (list ?? []).map(({place, points}) => ({variant: data.variants[place].name, points}));
  const table = byId("comparison"), rows = table ? [...table.tBodies[0].rows] : [];
  const shown = {faults, screen: screen(), on: shownVariants().map(place => data.variants[place].name), metric: value("metric") ?? null, split: value("split") ?? null,
    curves: series(state.curves), rates: series(state.rates), effects: (state.effects ?? []).map((effect, i) => ({...effect, variant: data.variants[effect.place].name, label: charts.effects.data.labels[i]})),
    rows: rows.filter(row => !row.hidden).map(row => data.variants[row.dataset.place].name),
    sort: table ? [...table.tHead.rows[0].cells].map(head => head.getAttribute("aria-sort")) : [],
    grid: [...document.querySelectorAll("#grid td[title]")].map(cell => [cell.title, cell.textContent]), parallel: document.querySelectorAll("#parallel polyline").length, breaks: document.querySelectorAll("tbody wbr").length,
    classes: state.classes ? {variant: data.variants[state.classes.view.variant].name, metric: state.classes.metric, values: state.classes.view[state.classes.metric], images: state.classes.view.confusion.reduce((sum, count) => sum + count, 0)} : null,
    roc: state.roc ?? null, gallery: [...document.querySelectorAll(".gallery li")].map(tile => ({picture: Boolean(tile.querySelector("img")?.naturalWidth), text: tile.textContent})),
    drawn: Object.fromEntries(Object.entries(charts).map(([id, chart]) => [id, chart.data.datasets.length]))};
  (byId("shown") ?? document.body.appendChild(make("pre", {id: "shown", hidden: true}))).textContent = JSON.stringify(shown);
}

makeTables();
makeSwitches();
makeControls();
makeTheme(() => { drawAll(); if (page.isPrinting()) Object.values(charts).forEach(chart => chart.resize()); });
obey();
drawAll();
press();
})();
