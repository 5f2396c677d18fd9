// Draws charts, and what one can choose about them. Computes nothing.

function color(name) {
  return getComputedStyle(root).getPropertyValue("--" + name).trim();
}

function axisOptions(axis, state, isX, isLog) {
  const small = state.width < 520;
  const pixels = isX ? state.width - 70 : state.height - 40;
  const room = Math.max(2, Math.floor(pixels / (isX ? (small ? 62 : 84) : 32)));
  return {
    font: "12px system-ui, sans-serif",
    stroke: () => color("soft"),
    grid: { stroke: () => color("grid"), width: 1 },
    ticks: { show: false },
    size: isX ? 30 : 62,
    gap: 6,
    splits: (u, index, min, max) =>
      axis === "percentile" ? nines(min, max) : isLog ? decades(min, max, room) : nice(min, max, room),
    filter: (u, splits) => (axis === "percentile" ? withoutCrowded(u, splits) : splits),
    values: (u, splits) => splits.map((v) => (v === null ? "" : AXES[axis].tick(v))),
  };
}

// Where a value has none beside it, so that no line would show it.
function lonely(y) {
  const places = y.flatMap((v, i) => (v === undefined ? [] : [i]));
  return places.filter((place, i) => isValue(y[place]) && !isValue(y[places[i - 1]]) && !isValue(y[places[i + 1]]));
}

function seriesOptions(chart, series) {
  const stroke = () => color(series.tone);
  const isPoints = series.look === "points" || series.look === "rings";
  const alone = lonely(series.y);
  return {
    label: series.label,
    stroke: isPoints ? undefined : stroke,
    width: series.look === "dashed" ? 1.5 : 2,
    dash: series.look === "dashed" ? [6, 4] : undefined,
    fill: series.look === "filled" || (series.look === "steps" && chart.lone) ? () => color(series.tone) + "1f" : undefined,
    paths: isPoints ? () => null : series.look === "steps" ? uPlot.paths.stepped({ align: 1 }) : undefined,
    points: isPoints
      ? { show: true, size: 9, width: 2, stroke, fill: series.look === "rings" ? () => color("paper") : stroke }
      : { show: alone.length > 0, size: 5, stroke, fill: stroke, filter: () => alone },
    value: (u, v, of, i) => (v === null || v === undefined ? "" : AXES[chart.yAxis].value(series.y[i])),
  };
}

function options(chart, choice, state) {
  const x = {
    time: false,
    distr: hasLogX(chart) ? 3 : 1,
    range: rangeOfX(chart),
  };
  const y = { distr: state.log ? 3 : 1, range: rangeOfY(chart.yAxis, state) };
  return {
    width: state.width,
    height: state.height,
    scales: { x, y },
    axes: [axisOptions(chart.xAxis, state, true, hasLogX(chart)), axisOptions(chart.yAxis, state, false, state.log)],
    series: [{ label: AXES[chart.xAxis].name, value: (u, v) => (v === null || v === undefined ? "" : AXES[chart.xAxis].value(v)) }].concat(
      choice.series.map((series) => seriesOptions({ yAxis: chart.yAxis, lone: choice.series.length <= 2 }, series))
    ),
    cursor: {
      y: false,
      drag: { x: true, y: false },
      points: { size: 7 },
      sync: chart.xAxis === "seconds" ? { key: "time", setSeries: false } : undefined,
    },
    legend: { live: true, markers: { fill: (u, i) => color(choice.series[i - 1].tone) } },
  };
}

function data(chart, choice, state) {
  if (chart.yAxis !== "share" || !state.log) {
    return [chart.x].concat(choice.series.map((series) => series.y));
  }
  const lowest = floor(choice.series);
  return [chart.x].concat(choice.series.map((series) => series.y.map((v) => (isValue(v) ? Math.max(v, lowest) : v))));
}

// For the library null breaks a curve, and undefined is no place of it.
function read(chart) {
  const values = (y) => y.map((v) => (v === "gap" ? null : v === null ? undefined : v));
  chart.choices.forEach((choice) => choice.series.forEach((series) => (series.y = values(series.y))));
  return chart;
}

const drawn = [];

function draw(chart) {
  const figure = document.getElementById("chart-" + chart.id);
  const place = figure.querySelector(".plot");
  const state = { choice: 0, log: hasLog(chart.yAxis), width: 0, height: 0, plot: null };

  function measure(width) {
    state.width = Math.max(240, Math.floor(width));
    state.height = state.width < 520 ? 250 : 320;
  }

  function rebuild() {
    if (state.plot) {
      state.plot.destroy();
    }
    const choice = chart.choices[state.choice];
    state.plot = new uPlot(options(chart, choice, state), data(chart, choice, state), place);
  }

  function resize(width) {
    const before = state.width;
    measure(width);
    if (state.width !== before) {
      rebuild();
    }
  }

  measure(place.clientWidth);
  rebuild();
  addTools(chart, state, figure.querySelector(".tools"), rebuild);
  addKeys(chart, state, place);
  addFigures(chart, state, figure.querySelector("details"));
  // not at once: what changes sizes within the notice of one is reported as an error
  new ResizeObserver(() => requestAnimationFrame(() => resize(place.clientWidth))).observe(place);
  drawn.push({ redraw: () => state.plot.redraw(false, true), resize, place });
}

// ---- what can be chosen ----

function addGroup(tools, label, names, chosen, choose) {
  const group = document.createElement("span");
  group.className = "group";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  const buttons = names.map((name, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-pressed", String(i === chosen));
    button.addEventListener("click", () => {
      buttons.forEach((each, j) => each.setAttribute("aria-pressed", String(i === j)));
      choose(i);
    });
    group.append(button);
    return button;
  });
  tools.append(group);
}

function addTools(chart, state, tools, rebuild) {
  if (chart.choices.length > 1) {
    const labels = chart.choices.map((choice) => choice.label);
    addGroup(tools, "what to show", labels, 0, (i) => {
      state.choice = i;
      rebuild();
    });
  }
  if (hasLog(chart.yAxis)) {
    addGroup(tools, "scale", ["logarithmic", "linear"], state.log ? 0 : 1, (i) => {
      state.log = i === 0;
      rebuild();
    });
  }
}

// The arrow keys move the cursor, and what it is at is said aloud.
function addKeys(chart, state, place) {
  place.addEventListener("keydown", (event) => {
    const u = state.plot;
    const last = chart.x.length - 1;
    const now = u.cursor.idx === null || u.cursor.idx === undefined ? -1 : u.cursor.idx;
    const step = event.shiftKey ? 10 : 1;
    const moves = { ArrowRight: now + step, ArrowLeft: now - step, Home: 0, End: last };
    if (event.key === "Escape") {
      u.setScale("x", { min: chart.x[0], max: chart.x[last] });
    } else if (event.key in moves) {
      const index = Math.max(0, Math.min(last, moves[event.key]));
      u.setCursor({ left: u.valToPos(chart.x[index], "x"), top: u.over.clientHeight / 2 });
      speak(chart, state, index);
    } else {
      return;
    }
    event.preventDefault();
  });
}

function speak(chart, state, index) {
  const parts = chart.choices[state.choice].series
    .filter((series) => isValue(series.y[index]))
    .map((series) => series.label + " " + AXES[chart.yAxis].value(series.y[index]));
  document.getElementById("spoken").textContent = AXES[chart.xAxis].value(chart.x[index]) + ": " + parts.join(", ");
}

// The table beside a chart is made when somebody wants it.
function addFigures(chart, state, details) {
  details.addEventListener("toggle", () => {
    if (details.open) {
      details.querySelector(".scroll").replaceChildren(figures(chart, chart.choices[state.choice]));
    }
  });
}

function figures(chart, choice) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(cell("th", AXES[chart.xAxis].name));
  choice.series.forEach((series) => head.append(cell("th", series.label)));
  const body = table.createTBody();
  chart.x.forEach((x, i) => {
    if (!choice.series.some((series) => isValue(series.y[i]))) {
      return;
    }
    const row = body.insertRow();
    row.append(cell("th", AXES[chart.xAxis].value(x)));
    choice.series.forEach((series) => {
      const value = series.y[i];
      row.append(cell("td", isValue(value) ? AXES[chart.yAxis].value(value) : "–"));
    });
  });
  return table;
}

function cell(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
