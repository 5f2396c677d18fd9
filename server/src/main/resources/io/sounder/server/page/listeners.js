// The listeners, and what each of them does.

import { Table, element, setText } from "./table.js";
import { family, labels } from "./figures.js";
import { perSecond, whole, words } from "./format.js";

/** What stands behind the question mark, piece by piece, as it was written. */
function keys(text) {
  const mark = text.indexOf("?");
  return mark < 0 ? [] : text.slice(mark + 1).split("&");
}

function decoded(pair) {
  try {
    return decodeURIComponent(pair);
  } catch (e) {
    return pair;
  }
}

function does(place, each) {
  const pairs = keys(each.text);
  const said = pairs.some((pair) => pair.startsWith("reply=")) ? pairs : ["reply=echo"].concat(pairs);
  if (place.dataset.said === said.join("&")) {
    return;
  }
  place.dataset.said = said.join("&");
  place.replaceChildren(...said.map((pair) => element("code", decoded(pair), "chip")));
}

/** How many, and how many of them are at something else than a conversation. */
function states(counts) {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const others = counts.filter(([state]) => state !== "open").map(([state, count]) => whole(count) + " " + words(state));
  return whole(total) + (others.length > 0 ? " (" + others.join(", ") + ")" : "");
}

function shown(figures, each, format) {
  return figures.has(each.name) ? format(figures.get(each.name)) : "–";
}

export class Listeners {
  constructor(place, onWatch) {
    this.all = [];
    this.watched = "";
    this.open = new Map();
    this.rates = new Map();
    this.onWatch = onWatch;
    this.place = place;
    this.table = new Table(
      place,
      [
        { title: "listens at", text: (each) => each.name },
        { title: "what it does", kind: "wide", draw: does },
        { title: "open", kind: "number", text: (each) => shown(this.open, each, states) },
        { title: "messages", kind: "number", text: (each) => shown(this.rates, each, perSecond) },
        { title: "what arrives", draw: (place, each) => this.drawWatch(place, each) },
      ],
      { empty: "It listens nowhere." }
    );
  }

  drawWatch(place, each) {
    if (!each.inspected) {
      setText(place, "");
      return;
    }
    let button = place.querySelector("button");
    if (!button) {
      button = element("button");
      button.type = "button";
      button.addEventListener("click", () => this.onWatch(this.watched === each.name ? "" : each.name));
      place.replaceChildren(button);
    }
    const isWatched = this.watched === each.name;
    setText(button, isWatched ? "Watching" : "Watch");
    button.setAttribute("aria-pressed", String(isWatched));
    button.setAttribute("aria-label", "watch what arrives at " + each.name);
  }

  setAll(all) {
    this.all = all.map((each) => ({ key: each.name, ...each }));
    this.show();
  }

  setWatched(name) {
    this.watched = name;
    this.show();
  }

  setFigures(history) {
    const byListener = (name, value) => new Map(family(history.latest().figures, name).map(([key, now]) => [labels(key).listener, value(key, now)]));
    this.open = new Map();
    for (const [key, count] of family(history.latest().figures, "listener_connections")) {
      const { listener, state } = labels(key);
      this.open.set(listener, (this.open.get(listener) ?? []).concat(count > 0 ? [[state, count]] : []));
    }
    this.rates = byListener("listener_messages_total", (key) => history.rateOf(key) ?? 0);
    this.place.classList.toggle("apart", this.rates.size > 0);
    this.show();
  }

  show() {
    this.table.show(this.all);
  }
}
