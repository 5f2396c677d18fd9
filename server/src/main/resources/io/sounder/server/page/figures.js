// The counters, as the service tells them each second, and how fast they grow.

/** From lines like those of /stats: a name with its labels, and a number. */
export function read(text) {
  const figures = new Map();
  for (const line of text.split("\n")) {
    const space = line.lastIndexOf(" ");
    if (space > 0) {
      figures.set(line.slice(0, space), Number(line.slice(space + 1)));
    }
  }
  return figures;
}

/** The labels of a counter: those of connections_closed_total{reason="reset"} are {reason: "reset"}. */
export function labels(name) {
  const found = {};
  for (const [, label, value] of name.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    found[label] = value.replace(/\\(.)/g, (all, c) => (c === "n" ? "\n" : c));
  }
  return found;
}

/** All counters of a name, whatever their labels. */
export function family(figures, name) {
  return Array.from(figures).filter(([each]) => each === name || each.startsWith(name + "{"));
}

export function sum(figures, name) {
  return family(figures, name).reduce((total, [, value]) => total + value, 0);
}

/** What is kept of the past: a figure per second, and what counters were a minute ago. */
export class History {
  constructor(seconds) {
    this.seconds = seconds;
    this.samples = [];
  }

  /** Takes the next figures; a service that was started again begins anew. */
  add(figures) {
    const uptime = figures.get("uptime_milliseconds");
    const before = this.latest();
    const restarted = before !== null && uptime < before.uptime;
    if (restarted) {
      this.samples = [];
    }
    this.samples.push({ uptime, figures });
    while (this.samples.length > 2 && uptime - this.samples[0].uptime > this.seconds * 1000) {
      this.samples.shift();
    }
    return restarted;
  }

  latest() {
    return this.samples.length === 0 ? null : this.samples[this.samples.length - 1];
  }

  get(name) {
    return sum(this.latest().figures, name);
  }

  /** How fast a counter grows per second, from the last two looks at it; null when there is one. */
  rate(name, index = this.samples.length - 1) {
    if (index < 1) {
      return null;
    }
    const [before, now] = [this.samples[index - 1], this.samples[index]];
    const millis = now.uptime - before.uptime;
    return millis > 0 ? ((sum(now.figures, name) - sum(before.figures, name)) * 1000) / millis : null;
  }

  /** The same for a single counter, of all with that name. */
  rateOf(key) {
    const [before, now] = this.samples.slice(-2);
    const millis = now === undefined ? 0 : now.uptime - before.uptime;
    return millis > 0 ? (((now.figures.get(key) ?? 0) - (before.figures.get(key) ?? 0)) * 1000) / millis : null;
  }

  /** By how much a single counter grew in the last minute, as far as is known. */
  lastMinute(name) {
    const { uptime, figures } = this.latest();
    const then = this.samples.find((each) => uptime - each.uptime <= 60_500);
    return (figures.get(name) ?? 0) - (then.figures.get(name) ?? 0);
  }

  /** Curves over the time that is kept: seconds before now, and values. */
  curve(value) {
    const end = this.latest().uptime;
    return [this.samples.map((each) => (each.uptime - end) / 1000), this.samples.map((each, i) => value(i))];
  }
}
