// How values are written, and where the ticks of an axis stand.

const TIME_UNITS = ["ns", "µs", "ms", "s"];
const RATE_UNITS = ["", "k", "M", "G"];

function grouped(text) {
  return text.replace(/\B(?=(\d{3})+$)/g, ",");
}

function scaled(value, units, space) {
  let unit = 0;
  while (unit < units.length - 1 && value >= 999.5) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return value.toFixed(digits) + space + units[unit];
}

function duration(nanos) {
  return nanos >= 60e9 ? grouped(Math.floor(nanos / 1e9).toFixed(0)) + " s" : scaled(nanos, TIME_UNITS, " ");
}

function rate(perSecond) {
  return (perSecond >= 100 ? grouped(perSecond.toFixed(0)) : perSecond.toFixed(2)) + "/s";
}

function share(part) {
  const percent = part * 100;
  const digits = percent === 0 ? 0 : percent >= 1 ? 1 : Math.ceil(-Math.log10(percent)) + 1;
  return percent.toFixed(digits) + " %";
}

function seconds(value) {
  return Math.round(value * 100) / 100 + " s";
}

// 2 nines are 99 %, and as many digits are shown as the nines need.
function percentile(nines) {
  const percent = 100 * (1 - Math.pow(10, -nines));
  return Number(percent.toFixed(Math.max(0, Math.ceil(nines - 1.0001)))) + " %";
}

// One, two, five of each decade, without digits that say nothing.
function brief(text) {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, "$1").replace(/\.(?=\D|$)/, "");
}

const AXES = {
  percentile: { value: percentile, tick: percentile, name: "percentile" },
  seconds: { value: seconds, tick: seconds, name: "time" },
  duration: { value: duration, tick: (v) => brief(duration(v)), name: "latency" },
  rate: { value: rate, tick: (v) => brief(scaled(v, RATE_UNITS, "")) + "/s", name: "rate" },
  share: { value: share, tick: (v) => brief(share(v)), name: "share" },
};

// ---- scales ----

const STEPS = [[1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9], [1, 1.5, 2, 3, 4, 5, 7], [1, 2, 5], [1, 3], [1]];

// As many round numbers as there is room for; of very many decades every other, and so on.
function decades(min, max, room) {
  for (const steps of STEPS) {
    const ticks = rounds(min, max, steps, 1);
    if (ticks.length <= room) {
      return ticks;
    }
  }
  return rounds(min, max, [1], Math.ceil(Math.log10(max / min) / room));
}

function rounds(min, max, steps, every) {
  const ticks = [];
  const from = Math.floor(Math.log10(min) / every) * every;
  for (let exponent = from; Math.pow(10, exponent) <= max; exponent += every) {
    for (const step of steps) {
      const tick = step * Math.pow(10, exponent);
      if (tick >= min && tick <= max) {
        ticks.push(tick);
      }
    }
  }
  return ticks;
}

function nines(min, max) {
  const ticks = [0, Math.log10(2)];
  for (let i = 1; i <= Math.ceil(max); i++) {
    ticks.push(i);
  }
  return ticks.filter((tick) => tick >= min - 1e-9 && tick <= max + 1e-9);
}

function nice(min, max, room) {
  const raw = (max - min) / Math.max(1, room);
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= raw) || 10);
  const ticks = [];
  for (let tick = Math.ceil(min / step) * step; tick <= max + step * 1e-6; tick += step) {
    ticks.push(Math.abs(tick) < step * 1e-6 ? 0 : tick);
  }
  return ticks;
}

function isValue(v) {
  return typeof v === "number";
}

function hasLog(axis) {
  return axis === "duration" || axis === "share";
}

// Where a logarithmic axis begins: parts of nothing stand on its floor.
function floor(series) {
  const least = Math.min(...series.map((each) => each.y.reduce((low, v) => (v > 0 && v < low ? v : low), Infinity)));
  return least === Infinity ? 1 : least / 2;
}

// Latencies spread over decades, and so do the rates of a search.
function hasLogX(chart) {
  return chart.xAxis === "duration" || (chart.xAxis === "rate" && chart.x[chart.x.length - 1] > 20 * chart.x[0]);
}

// All of it with room at the ends for points, or what was zoomed in on.
function rangeOfX(chart) {
  const first = chart.x[0];
  const last = chart.x[chart.x.length - 1];
  const hasPoints = chart.xAxis === "rate";
  return function (u, min, max) {
    if (min === null || (min > first && min < max) || (max < last && min < max)) {
      return [min, max];
    }
    if (first === last) {
      return [first * 0.9, last * 1.1 || 1];
    }
    if (!hasPoints) {
      return [first, last];
    }
    const room = (last - first) * 0.02;
    return hasLogX(chart) ? [first / 1.15, last * 1.15] : [first - room, last + room];
  };
}

function rangeOfY(axis, state) {
  return function (u, min, max) {
    if (min === null || max === null) {
      return [1, 10];
    }
    if (state.log) {
      return axis === "share" ? [min, max * 1.5] : [Math.max(1, min) / 1.2, Math.max(1, max) * 1.2];
    }
    return [0, max <= 0 ? 1 : max * 1.06];
  };
}

// Each further nine makes the labels longer: one that would touch the one before it is left out.
function withoutCrowded(u, splits) {
  const half = (tick) => percentile(tick).length * 3.5 + 4;
  let end = -Infinity;
  return splits.map((tick) => {
    const middle = u.valToPos(tick, "x");
    if (middle - half(tick) < end) {
      return null;
    }
    end = middle + half(tick);
    return tick;
  });
}
