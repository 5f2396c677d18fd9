// Why connections and datagrams ended: totals, and what the last minute added.

import { Table } from "./table.js";
import { family, labels } from "./figures.js";
import { whole, words } from "./format.js";

const GONE = [
  ["connections_refused_total", "connection"],
  ["datagrams_dropped_total", "datagram"],
  ["messages_not_shown_total", "line of --show"],
  ["log_lines_dropped_total", "line of the log"],
  ["admin_requests_refused_total", "request for this page"],
];

const COLUMNS = [
  { title: "reason", text: (each) => each.reason },
  { title: "in the last minute", kind: "number", text: (each) => (each.recent > 0 ? "+" + whole(each.recent) : "") },
  { title: "in all", kind: "number", text: (each) => whole(each.total) },
];

export class Ends {
  constructor(closed, gone) {
    this.closed = new Table(closed, COLUMNS, { empty: "None yet." });
    this.gone = new Table(gone, COLUMNS, { empty: "None: everyone was let in, and everything was answered." });
  }

  show(history) {
    const rows = (name, kind) =>
      family(history.latest().figures, name)
        .filter(([, total]) => total > 0)
        .map(([key, total]) => {
          const reason = Object.values(labels(key)).map(words).join(", ");
          return { key, total, recent: history.lastMinute(key), reason: [kind, reason].filter((each) => each).join(": ") };
        })
        .sort((a, b) => b.total - a.total);
    this.closed.show(rows("connections_closed_total", ""));
    this.gone.show(GONE.flatMap(([name, kind]) => rows(name, kind)));
  }
}
