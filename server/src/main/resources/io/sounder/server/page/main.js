// The page: what the service tells, and where each figure stands. Problems are counted on the root element, where a
// test can see them.

import { listen } from "./events.js";
import { History, family, read } from "./figures.js";
import { age, duration, perSecond, size, whole } from "./format.js";
import { Connections } from "./connections.js";
import { Ends } from "./ends.js";
import { Inspect } from "./inspect.js";
import { Listeners } from "./listeners.js";
import { Table, setText } from "./table.js";
import { themes } from "./theme.js";
import { Trend, redrawAll } from "./trend.js";

const SECONDS = 180;
const STATES = { live: "live", waiting: "connecting", lost: "connection lost; trying again" };

const root = document.documentElement;
const at = (id) => document.getElementById(id);
let problems = 0;

function countProblem() {
  problems++;
  root.dataset.problems = String(problems);
}

window.addEventListener("error", countProblem);
window.addEventListener("unhandledrejection", countProblem);
document.addEventListener("securitypolicyviolation", countProblem);

setText(at("place"), location.host);
document.title = location.host + " – Sounder";

const history = new History(SECONDS);
const brief = (text) => text.replace(/\.0+(?=\D|$)/, "");
const messages = new Trend(at("trend-messages"), [{ label: "messages", tone: "accent" }], {
  seconds: SECONDS,
  height: 190,
  format: perSecond,
  least: 10,
  tick: (value) => brief(size(value).replace("kB", "k").replace("MB", "M").replace("B", "")),
  legend: false,
});
let second = null; // latency where it is told, else bytes: known with the first figures
const ends = new Ends(at("closed-table"), at("refused-table"));
const counters = new Table(at("counter-table"), [
  { title: "counter", text: (each) => each.key },
  { title: "value", kind: "number", text: (each) => whole(each.value) },
  { title: "per second", kind: "number", text: (each) => (each.rate ? perSecond(each.rate) : "") },
]);
const inspect = new Inspect(watch);
const listeners = new Listeners(at("listener-table"), watch);
new Connections(at("connection-table"), at("connections-hint"), at("search"), at("refresh"));
themes(at("theme"), redrawAll);

// ---- figures ----

const REPLY_TIME = "reply_time_nanoseconds";

// Of the second before; where nothing was answered there is no time.
const latency = (part) => (index) => history.samples[index].figures.get(REPLY_TIME + '{quantile="' + part + '"}') || null;
const last = () => history.samples.length - 1;

function showSecond() {
  const hasLatency = family(history.latest().figures, REPLY_TIME).length > 0;
  if (second === null) {
    at("latency-key").hidden = !hasLatency;
    setText(at("second-name"), hasLatency ? "Reply time" : "Bytes");
    setText(at("second-unit"), hasLatency ? "from a socket found ready to its reply" : "per second, in and out");
    at("trend-second").setAttribute("aria-label", hasLatency ? "reply time" : "bytes per second");
    const series = hasLatency
      ? [{ label: "p50", tone: "p50" }, { label: "p99", tone: "p99" }]
      : [{ label: "received", tone: "run-0" }, { label: "sent", tone: "run-1" }];
    const format = hasLatency ? duration : (value) => size(value) + "/s";
    second = new Trend(at("trend-second"), series, { seconds: SECONDS, height: 190, format, least: hasLatency ? 1e6 : 1000, tick: (value) => (value === 0 ? "0" : brief(hasLatency ? duration(value) : size(value))) });
  }
  const values = hasLatency ? [latency(0.5), latency(0.99)] : ["received_bytes_total", "sent_bytes_total"].map((name) => (i) => history.rate(name, i));
  const [x, first] = history.curve(values[0]);
  second.show([x, first, history.curve(values[1])[1]]);
  if (hasLatency) {
    const [p50, p99] = [0.5, 0.99].map((part) => latency(part)(last()));
    setText(at("key-latency"), p99 === null ? "–" : duration(p99));
    setText(at("beside-latency"), p50 === null ? "no replies" : "p50 " + duration(p50));
  }
}

function showKeys() {
  const rate = (name) => history.rate(name) ?? 0;
  setText(at("key-messages"), perSecond(rate("messages_total")));
  setText(at("beside-messages"), whole(history.get("messages_total")) + " in all");
  setText(at("key-connections"), whole(history.get("connections_open")));
  setText(at("beside-connections"), whole(history.get("connections_accepted_total")) + " accepted in all");
  for (const way of ["received", "sent"]) {
    setText(at("key-" + way), size(rate(way + "_bytes_total")) + "/s");
    setText(at("beside-" + way), size(history.get(way + "_bytes_total")) + " in all");
  }
  const refused = history.get("connections_refused_total");
  const dropped = history.get("datagrams_dropped_total");
  setText(at("key-refused"), whole(refused + dropped));
  setText(at("beside-refused"), refused + dropped === 0 ? "nobody, nothing" : whole(refused) + " refused, " + whole(dropped) + " dropped");
}

function showState() {
  const { uptime, figures } = history.latest();
  const ready = figures.get("ready") !== 0;
  const parts = [ready ? "ready" : "not ready: a thread is stuck, or it is stopping", "up " + age(uptime / 1000)];
  const queued = history.get("ready_queue_length");
  parts.push(queued === 0 ? "nothing waits" : whole(queued) + " wait for an owner");
  const reloads = history.get("reloads_total");
  if (reloads > 0) {
    parts.push(whole(reloads) + (reloads === 1 ? " reload" : " reloads"));
  }
  setText(at("state"), parts.join(" · "));
  at("state").classList.toggle("bad", !ready);
}

function onStats(text) {
  const restarted = history.add(read(text));
  if (restarted) {
    say("The service was started again.");
  }
  showState();
  showKeys();
  messages.show(history.curve((i) => history.rate("messages_total", i)));
  showSecond();
  ends.show(history);
  const { figures } = history.latest();
  listeners.setFigures(history);
  if (at("counters").querySelector("details").open) {
    counters.show(Array.from(figures, ([key, value]) => ({ key, value, rate: /_total($|\{)/.test(key) ? history.rateOf(key) : 0 })));
  }
  root.dataset.figures = String(history.samples.length);
}

// ---- the stream ----

function say(text) {
  setText(at("spoken"), text);
}

let state = "waiting";

function onState(next) {
  if (next === state) {
    return;
  }
  state = next;
  at("link").dataset.state = next;
  setText(at("link"), STATES[next]);
}

function watch(name) {
  inspect.reset(name);
  listeners.setWatched(name);
  stream.watch(name);
}

const stream = listen(
  {
    stats: onStats,
    listeners: (text) => {
      const all = JSON.parse(text);
      listeners.setAll(all);
      inspect.setListeners(all);
    },
    message: (text) => inspect.take(JSON.parse(text)),
  },
  onState
);
