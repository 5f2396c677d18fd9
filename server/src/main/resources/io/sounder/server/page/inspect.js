// What arrives at the listener that is watched. What peers sent gets onto the page as text only.

import { asHex, asText, fromBase64, plain } from "./bytes.js";
import { Curves } from "./curves.js";
import { fields } from "./fields.js";
import { clock, whole } from "./format.js";
import { element, setText } from "./table.js";

const MOST_KEPT = 500;
const MOST_SHOWN = 100;
const REDRAW_MILLIS = 200;
const COUNTED_MILLIS = 2000;
const HOW = "None of them lets what arrives be watched. Start one with inspect=on: ./sounder serve 'tcp://127.0.0.1:8888?framing=line&inspect=on'";

const at = (id) => document.getElementById(id);

export class Inspect {
  constructor(onWatch) {
    this.select = at("watched");
    this.rows = at("feed-rows");
    this.curves = new Curves(at("curves"), at("names"), at("peers"), at("curve-list"));
    this.hex = false;
    this.paused = false;
    this.scheduled = 0;
    this.reset("");
    this.select.addEventListener("change", () => onWatch(this.select.value));
    at("as-text").addEventListener("click", () => this.setHex(false));
    at("as-hex").addEventListener("click", () => this.setHex(true));
    at("pause").addEventListener("click", () => this.setPaused(!this.paused));
    at("filter").addEventListener("input", () => this.draw());
  }

  /** Which listeners there are, and which of them may be watched. */
  setListeners(all) {
    const names = all.filter((each) => each.inspected).map((each) => each.name);
    const options = [["", "Watch nothing"]].concat(names.map((name) => [name, name]));
    this.select.replaceChildren(
      ...options.map(([value, text]) => {
        const option = element("option", text);
        option.value = value;
        return option;
      })
    );
    this.select.value = names.includes(this.watched) ? this.watched : "";
    at("arrives-tools").hidden = names.length === 0;
    this.hint = names.length === 0 ? HOW : "Choose a listener to see its messages, newest first. They are copied only while somebody watches.";
    this.showHint();
    return names;
  }

  showHint() {
    at("arrives-body").hidden = this.watched === "";
    at("arrives-hint").hidden = this.watched !== "";
    setText(at("arrives-hint"), this.hint ?? "");
  }

  reset(watched) {
    this.watched = watched;
    this.kept = [];
    this.missed = 0;
    this.counts = [];
    this.select.value = watched;
    this.curves.clear();
    this.setPaused(false);
    this.showHint();
    this.draw();
    setText(at("sampled"), "\u00a0");
  }

  setHex(hex) {
    this.hex = hex;
    at("as-text").setAttribute("aria-pressed", String(!hex));
    at("as-hex").setAttribute("aria-pressed", String(hex));
    this.draw();
  }

  setPaused(paused) {
    this.paused = paused;
    this.missed = 0;
    at("pause").setAttribute("aria-pressed", String(paused));
    setText(at("pause"), paused ? "Go on" : "Pause");
    this.count();
  }

  /** A batch: how many arrived, those that were copied, oldest first, and what time it is. */
  take(batch) {
    this.counts.push({ now: batch.now, arrived: batch.arrived, copied: batch.messages.length });
    this.counts = this.counts.filter((each) => batch.now - each.now <= COUNTED_MILLIS);
    for (const message of batch.messages) {
      const bytes = fromBase64(message.bytes);
      const cut = bytes.length < message.size;
      if (!this.paused) {
        this.kept.unshift({ ...message, bytes, cut });
        this.curves.add(message.peer, message.time, fields(plain(bytes), cut));
      }
    }
    this.missed += this.paused ? batch.arrived : 0;
    this.kept.length = Math.min(this.kept.length, MOST_KEPT);
    if (!this.paused) {
      this.curves.advance(batch.now);
      if (batch.messages.length > 0 && this.scheduled === 0) {
        this.scheduled = setTimeout(() => this.draw(), REDRAW_MILLIS);
      }
    }
    this.count();
  }

  /** How many of those that arrive are shown, over the last two seconds. */
  count() {
    const millis = this.counts.length < 2 ? 0 : this.counts[this.counts.length - 1].now - this.counts[0].now;
    const perSecond = (name) => (millis > 0 ? (this.counts.slice(1).reduce((sum, each) => sum + each[name], 0) * 1000) / millis : 0);
    const [arrived, copied] = [perSecond("arrived"), perSecond("copied")];
    const sampled = arrived > copied * 1.02; // those that are just being copied come with the next
    const text = this.paused
      ? "paused; " + whole(this.missed) + " more have arrived"
      : sampled
        ? "showing " + whole(copied) + " of " + whole(arrived) + "/s, evenly picked"
        : "showing all: " + (arrived < 10 ? Number(arrived.toFixed(1)) : whole(arrived)) + "/s";
    setText(at("sampled"), text);
    at("sampled").classList.toggle("partly", sampled && !this.paused);
  }

  draw() {
    clearTimeout(this.scheduled);
    this.scheduled = 0;
    const wanted = at("filter").value.toLowerCase();
    const shown = [];
    for (const message of this.kept) {
      message.text ??= asText(message.bytes);
      if (message.text.toLowerCase().includes(wanted) || message.peer.toLowerCase().includes(wanted)) {
        shown.push(message);
        if (shown.length === MOST_SHOWN) {
          break;
        }
      }
    }
    while (this.rows.children.length > shown.length) {
      this.rows.lastChild.remove();
    }
    shown.forEach((message, i) => this.fill(this.rows.children[i] ?? this.newRow(), message));
    at("feed-empty").hidden = shown.length > 0;
    setText(at("feed-empty"), wanted && this.kept.length > 0 ? "None of the last " + this.kept.length + " messages has that." : "Nothing has arrived yet.");
  }

  newRow() {
    const row = element("tr");
    row.append(element("td", "", "time"), element("td", "", "peer"), element("td", "", "number"), element("td", "", "wide bytes"));
    this.rows.append(row);
    return row;
  }

  fill(row, message) {
    const [time, peer, size, content] = row.children;
    setText(time, clock(message.time));
    setText(peer, message.peer);
    setText(size, whole(message.size));
    const rest = message.cut ? " … and " + whole(message.size - message.bytes.length) + " bytes more" : "";
    setText(content, (this.hex ? asHex(message.bytes) : message.text) + rest);
  }
}
