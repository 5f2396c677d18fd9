// Curves over the last minutes.

import { signed } from "./format.js";

// Of one, two and five: a quarter would need more digits than labels have.
const STEPS = Array.from({ length: 24 }, (unused, i) => [1, 2, 5].map((step) => Number(step + "e" + (i - 9)))).flat();

const drawn = new Set();

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

export function redrawAll() {
  drawn.forEach((plot) => plot.redraw(false, true));
}

/** For the x axis: how long ago. */
export function ago(seconds) {
  return seconds === 0 ? "now" : signed(seconds % 60 === 0 ? seconds / 60 + " min" : seconds + " s");
}

export function axis(format, size) {
  return {
    font: "12px system-ui, sans-serif",
    stroke: () => color("soft"),
    grid: { stroke: () => color("grid"), width: 1 },
    ticks: { show: false },
    gap: 6,
    size,
    values: (u, splits) => splits.map(format),
  };
}

/**
 * A chart in a place that may change its width. Series have a label and a tone; values are written
 * by the format given; the axis begins at zero where it has a least length.
 */
export class Trend {
  constructor(place, series, { seconds, height, format, tick = format, least = 0, legend = true }) {
    this.place = place;
    this.height = height;
    const line = (each) => ({
      label: each.label,
      stroke: () => color(each.tone),
      width: 1.5,
      spanGaps: each.spanGaps ?? false,
      fill: series.length === 1 && least > 0 ? () => color(each.tone) + "1a" : undefined,
      points: { show: false },
      value: (u, value) => (value === null || value === undefined ? "" : format(value)),
    });
    const step = seconds > 60 ? 60 : 20;
    const x = axis(ago, 28);
    x.splits = () => Array.from({ length: seconds / step + 1 }, (unused, i) => i * step - seconds);
    const y = axis(tick, 58);
    y.incrs = STEPS;
    y.space = height < 150 ? 24 : 34;
    this.plot = new uPlot(
      {
        width: Math.max(200, place.clientWidth),
        height,
        padding: [8, 14, 0, 0],
        scales: { x: { time: false, range: [-seconds, 0] }, y: { range: (u, min, max) => range(min, max, least) } },
        axes: [x, y],
        series: [{ label: "", value: (u, value) => (value === null || value === undefined ? "" : ago(Math.round(value))) }].concat(series.map(line)),
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        legend: { show: legend, live: true, markers: { fill: (u, i) => color(series[i - 1].tone) } },
      },
      [[-seconds, 0]].concat(series.map(() => [null, null])),
      place
    );
    drawn.add(this.plot);
    this.observer = new ResizeObserver(() => requestAnimationFrame(() => this.fit()));
    this.observer.observe(place);
  }

  fit() {
    const width = Math.max(200, Math.floor(this.place.clientWidth));
    if (width !== this.plot.width) {
      this.plot.setSize({ width, height: this.height });
    }
  }

  show(data) {
    this.plot.setData(data);
  }

  remove() {
    this.observer.disconnect();
    drawn.delete(this.plot);
    this.plot.destroy();
  }
}

// From zero to what there is, but to the least at least; or, without a least, around what there is.
function range(min, max, least) {
  if (least > 0) {
    return [0, Math.max(least, (max ?? 0) * 1.12)];
  }
  if (min === null || min === undefined) {
    return [0, 1];
  }
  const room = (max - min) * 0.12 || Math.abs(max) * 0.1 || 1;
  return [min - room, max + room];
}
