// The connections that are open now: asked for every few seconds, and when somebody wants to know.

import { Table, setText } from "./table.js";
import { age, size, whole, words } from "./format.js";

const EVERY_MILLIS = 5000;

export class Connections {
  constructor(place, hint, search, refresh) {
    this.hint = hint;
    this.search = search;
    this.asking = false;
    this.all = [];
    this.total = 0;
    this.table = new Table(
      place,
      [
        { title: "peer", by: (each) => each.peer, text: (each) => each.peer },
        { title: "listener", by: (each) => each.listener, text: (each) => each.listener },
        { title: "state", by: (each) => each.state, text: (each) => words(each.state) + (each.tls ? ", " + each.tls : "") },
        { title: "age", kind: "number", by: (each) => each.age_seconds, text: (each) => age(each.age_seconds) },
        { title: "idle", kind: "number", by: (each) => each.idle_seconds, text: (each) => age(each.idle_seconds) },
        { title: "messages", kind: "number", by: (each) => each.messages, text: (each) => whole(each.messages) },
        { title: "received", kind: "number", by: (each) => each.received_bytes, text: (each) => size(each.received_bytes) },
        { title: "sent", kind: "number", by: (each) => each.sent_bytes, text: (each) => size(each.sent_bytes) },
      ],
      { sortBy: 3, descending: true, empty: "No connection is open." }
    );
    search.addEventListener("input", () => this.show());
    refresh.addEventListener("click", () => this.refresh());
    setInterval(() => document.hidden || this.refresh(), EVERY_MILLIS);
    this.refresh();
  }

  async refresh() {
    if (this.asking) {
      return;
    }
    this.asking = true;
    try {
      const answer = await fetch("/connections", { cache: "no-store" });
      if (!answer.ok) {
        throw new Error((await answer.text()).trim());
      }
      this.take(await answer.json());
    } catch (e) {
      setText(this.hint, "cannot be told: " + e.message);
    } finally {
      this.asking = false;
    }
  }

  take(answer) {
    this.all = answer.connections.map((each) => ({ key: each.listener + " " + each.number, ...each }));
    this.total = answer.total;
    this.show();
  }

  show() {
    const wanted = this.search.value.toLowerCase();
    const found = this.all.filter((each) => [each.peer, each.listener, each.state].some((text) => text.toLowerCase().includes(wanted)));
    this.table.show(found);
    const listed = this.all.length < this.total ? whole(this.all.length) + " of " + whole(this.total) : whole(this.total);
    setText(this.hint, wanted ? whole(found.length) + " of the " + listed + " open have that" : listed + (this.all.length < this.total ? " open, the oldest" : " open"));
  }
}
