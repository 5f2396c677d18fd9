// Numbers in messages as curves of the last minute: a chart for each name, a curve for each peer.

import { Trend } from "./trend.js";
import { element, setText } from "./table.js";
import { reading } from "./format.js";

const SECONDS = 60;
const MOST_CHARTS = 12;
const SHOWN_AT_FIRST = 6;
const MOST_NAMES = 64;
const MOST_PEERS = 8; // as many as there are colours
const MOST_VALUES = 4; // beside the name of a curve
const HEIGHT = 132;
const REDRAW_MILLIS = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 250;

/** The values of one name, by peer. */
class Curve {
  constructor() {
    this.peers = new Map();
    this.trend = null;
    this.drawnPeers = "";
  }

  add(peer, time, value) {
    let points = this.peers.get(peer);
    if (!points) {
      points = [];
      this.peers.set(peer, points);
    }
    points.push([time, value]);
  }

  forget(before) {
    for (const [peer, points] of this.peers) {
      const fresh = points.findIndex(([time]) => time >= before);
      if (fresh < 0) {
        this.peers.delete(peer);
      } else if (fresh > 0) {
        points.splice(0, fresh);
      }
    }
  }

  /** One x for each moment at which anybody sent it; who sent nothing then has no value there. */
  data(now) {
    const times = Array.from(new Set(Array.from(this.peers.values(), (points) => points.map(([time]) => time)).flat())).sort((a, b) => a - b);
    const places = new Map(times.map((time, i) => [time, i]));
    const values = Array.from(this.peers.values(), (points) => {
      const column = new Array(times.length).fill(undefined); // no gap, as null would be
      points.forEach(([time, value]) => (column[places.get(time)] = value));
      return column;
    });
    return [times.map((time) => (time - now) / 1000)].concat(values);
  }

  close() {
    this.trend?.remove();
    this.trend = null;
  }
}

export class Curves {
  constructor(place, names, peers, list) {
    this.place = place;
    this.names = names;
    this.peers = peers;
    this.list = list;
    this.now = 0;
    this.lastDrawn = 0;
    this.clear();
  }

  clear() {
    this.curves?.forEach((curve) => curve.close());
    this.curves = new Map();
    this.figures = new Map();
    this.boxes = new Map();
    this.tones = new Map();
    this.names.replaceChildren();
    this.list.replaceChildren();
    this.place.hidden = true;
  }

  add(peer, time, fields) {
    if (fields.length === 0 || this.tone(peer) === null) {
      return;
    }
    for (const [name, value] of fields) {
      if (!this.curves.has(name) && this.curves.size < MOST_NAMES) {
        this.curves.set(name, new Curve());
        this.offer(name);
      }
      this.curves.get(name)?.add(peer, time, value);
    }
  }

  /** The colour of a peer, on all charts; null where all have one already. */
  tone(peer) {
    if (!this.tones.has(peer)) {
      const taken = new Set(this.tones.values());
      const free = Array.from({ length: MOST_PEERS }, (unused, i) => "run-" + i).find((each) => !taken.has(each));
      if (!free) {
        return null;
      }
      this.tones.set(peer, free);
      this.showPeers();
    }
    return this.tones.get(peer);
  }

  /** Who has which colour, where there are several. */
  showPeers() {
    const several = this.tones.size > 1 ? Array.from(this.tones) : [];
    this.peers.replaceChildren(
      ...several.map(([peer, tone]) => {
        const shown = element("span", undefined, "peer");
        shown.append(element("span", undefined, "swatch " + tone), peer);
        return shown;
      })
    );
    this.peers.hidden = several.length === 0;
  }

  /** The colours of those who have sent nothing for so long that nothing of it is left. */
  free() {
    const gone = Array.from(this.tones.keys()).filter((peer) => !Array.from(this.curves.values()).some((curve) => curve.peers.has(peer)));
    gone.forEach((peer) => this.tones.delete(peer));
    if (gone.length > 0) {
      this.showPeers();
    }
  }

  chosen() {
    return Array.from(this.boxes).filter(([, box]) => box.checked).map(([name]) => name);
  }

  offer(name) {
    this.place.hidden = false;
    const label = element("label", undefined, "name");
    const box = element("input");
    box.type = "checkbox";
    box.addEventListener("change", () => this.choose(name, box.checked));
    label.append(box, element("span", name));
    this.names.append(label);
    this.boxes.set(name, box);
    if (this.chosen().length < SHOWN_AT_FIRST) {
      box.checked = true;
      this.choose(name, true);
    }
    this.limit();
  }

  /** A box that would be one too many cannot be ticked. */
  limit() {
    const full = this.chosen().length >= MOST_CHARTS;
    this.boxes.forEach((box) => (box.disabled = full && !box.checked));
  }

  choose(name, shown) {
    if (shown) {
      this.open(name);
    } else {
      this.curves.get(name).close();
      this.figures.get(name)?.remove();
      this.figures.delete(name);
    }
    this.limit();
    this.lastDrawn = 0;
  }

  open(name) {
    const figure = element("figure", undefined, "curve");
    const caption = element("figcaption");
    caption.append(element("h3", name), element("span", undefined, "values"));
    const plot = element("div", undefined, "plot");
    plot.setAttribute("role", "img");
    figure.append(caption, plot);
    this.figures.set(name, figure);
    const order = Array.from(this.boxes.keys());
    const after = order.slice(order.indexOf(name) + 1).find((each) => this.figures.has(each));
    this.list.insertBefore(figure, after ? this.figures.get(after) : null);
  }

  /** The moment that the axis ends at, by the clock of the service. */
  advance(now) {
    this.now = now;
    if (performance.now() - this.lastDrawn < REDRAW_MILLIS) {
      return;
    }
    this.lastDrawn = performance.now();
    this.curves.forEach((curve) => curve.forget(now - SECONDS * 1000));
    this.free();
    this.figures.forEach((figure, name) => this.draw(figure, name, this.curves.get(name)));
  }

  draw(figure, name, curve) {
    const peers = Array.from(curve.peers.keys());
    const plot = figure.querySelector(".plot");
    if (curve.trend === null || curve.drawnPeers !== peers.join(" ")) {
      curve.close();
      curve.drawnPeers = peers.join(" ");
      const series = (peers.length === 0 ? [""] : peers).map((peer) => ({ label: peer, tone: this.tones.get(peer) ?? "run-0", spanGaps: true }));
      curve.trend = new Trend(plot, series, { seconds: SECONDS, height: HEIGHT, format: reading, legend: false });
      const values = (peers.length === 0 ? [""] : peers.slice(0, MOST_VALUES)).map((peer) => element("span", "–", peers.length > 1 ? "value " + this.tones.get(peer) : "value"));
      figure.querySelector(".values").replaceChildren(...values);
    }
    if (peers.length > 0) {
      curve.trend.show(curve.data(this.now));
    }
    const values = figure.querySelectorAll(".value");
    peers.slice(0, MOST_VALUES).forEach((peer, i) => setText(values[i], reading(curve.peers.get(peer).at(-1)[1])));
    plot.setAttribute("aria-label", name + " over the last minute, now " + Array.from(values, (each) => each.textContent).join(", "));
  }
}
