// How figures are written: digits that say something, in groups of three, with their unit.

const SIZES = ["B", "kB", "MB", "GB", "TB"];
const TIMES = ["ns", "µs", "ms", "s"];

export function whole(value) {
  return Math.round(value).toLocaleString("en-US");
}

function scaled(value, units, most) {
  let unit = 0;
  while (unit < units.length - 1 && value >= 999.5) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : most;
  return value.toFixed(digits) + " " + units[unit];
}

export function size(bytes) {
  return scaled(bytes, SIZES, 2);
}

export function duration(nanos) {
  return scaled(nanos, TIMES, 2);
}

export function perSecond(value) {
  return value > 0 && value < 9.95 ? Number(value.toFixed(1)) + "/s" : whole(value) + "/s";
}

// In the two largest units: 3 h 12 min.
export function age(seconds) {
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, length]) => seconds >= length);
  if (first < 0 || first === units.length - 1) {
    return Math.max(0, Math.floor(seconds)) + " s";
  }
  const [name, length] = units[first];
  const [nextName, nextLength] = units[first + 1];
  const rest = Math.floor((seconds % length) / nextLength);
  return Math.floor(seconds / length) + " " + name + (rest > 0 ? " " + rest + " " + nextName : "");
}

export function clock(epochMillis) {
  const at = new Date(epochMillis);
  const two = (n) => String(n).padStart(2, "0");
  return two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds()) + "." + String(at.getMilliseconds()).padStart(3, "0");
}

// Figures have a minus, not a hyphen.
export function signed(text) {
  return text.replace("-", "−");
}

// A reading of a sensor: as many digits as matter.
export function reading(value) {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) {
    return signed(value.toLocaleString("en-US"));
  }
  const magnitude = Math.abs(value);
  return signed(magnitude !== 0 && (magnitude >= 1e9 || magnitude < 1e-4) ? value.toExponential(3) : String(Number(value.toPrecision(5))));
}

export function words(name) {
  return name.replaceAll("_", " ");
}
