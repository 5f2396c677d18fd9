// Numbers with names in what a program sends: JSON, the repr of a Python dict, or name=value.

const MOST_NAMES = 64;
const DEEPEST = 16;
const PAIR = /([\p{L}_][\p{L}\p{N}_.\-[\]]*)\s*[=:]\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:\s?(?:%|[a-zA-Zµ°/²³]{1,5}))?(?=$|[\s,;|)}\]])(?!\s*[=:])/gu;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{N}_.]*/uy;
const BLANK = /\s*/y;

/**
 * The numbers in a message, by name, such as [["t", 21.5], ["pos[0]", 1]]. Of several lines each
 * counts, and the last value of a name.
 *
 * @param cut whether the message goes on, but was not copied to its end
 */
export function fields(text, cut = false) {
  const found = new Map();
  const lines = text.split(/\r?\n/);
  lines.forEach((line, i) => lineFields(line, cut && i === lines.length - 1, found));
  return Array.from(found).slice(0, MOST_NAMES);
}

function lineFields(line, cut, found) {
  const brace = line.indexOf("{");
  if (brace >= 0) {
    const reader = new Reader(line, brace);
    if (reader.readAll() || (cut && reader.atEnd())) {
      reader.found.forEach((value, name) => found.set(name, value));
      return;
    }
  }
  for (const [, name, value] of line.matchAll(PAIR)) {
    found.set(name, Number(value));
  }
}

/** Reads what JSON and Python write alike: dicts, lists, tuples, sets, texts, numbers and names. */
class Reader {
  constructor(text, start) {
    this.text = text;
    this.at = start;
    this.found = new Map();
  }

  readAll() {
    try {
      this.value("", 0);
      return true;
    } catch (e) {
      if (e instanceof SyntaxError) {
        return false;
      }
      throw e;
    }
  }

  atEnd() {
    return this.at >= this.text.length;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) {
      this.at = pattern.lastIndex;
    }
    return found ? found[0] : null;
  }

  skip() {
    this.match(BLANK);
  }

  fail() {
    throw new SyntaxError("at " + this.at);
  }

  take(character) {
    this.skip();
    const there = this.text[this.at] === character;
    if (there) {
      this.at++;
    }
    return there;
  }

  value(name, depth) {
    if (depth > DEEPEST) {
      this.fail();
    }
    this.skip();
    const character = this.text[this.at];
    if (character === "{") {
      this.at++;
      this.members(name, depth);
    } else if (character === "[" || character === "(") {
      this.at++;
      this.items(name, character === "[" ? "]" : ")", depth);
    } else if (character === '"' || character === "'") {
      this.quoted();
    } else {
      this.scalar(name, depth);
    }
  }

  // A dict, or a set, whose members have no names.
  members(name, depth) {
    while (!this.take("}")) {
      const begin = this.at;
      const key = this.key();
      if (this.take(":")) {
        this.value(name === "" ? key : name + "." + key, depth + 1);
      } else if (key === "" && this.at === begin) {
        this.value("", depth + 1);
      }
      this.separator("}");
    }
  }

  key() {
    this.skip();
    const character = this.text[this.at];
    return character === '"' || character === "'" ? this.quoted() : this.match(NUMBER) ?? this.match(WORD) ?? this.fail();
  }

  items(name, end, depth) {
    for (let index = 0; !this.take(end); index++) {
      this.value(name + "[" + index + "]", depth + 1);
      this.separator(end);
    }
  }

  separator(end) {
    if (!this.take(",")) {
      this.skip();
      if (this.text[this.at] !== end) {
        this.fail();
      }
    }
  }

  quoted() {
    const quote = this.text[this.at++];
    let content = "";
    while (this.at < this.text.length && this.text[this.at] !== quote) {
      if (this.text[this.at] === "\\") {
        this.at++;
      }
      content += this.text[this.at++] ?? "";
    }
    if (this.at >= this.text.length) {
      this.fail();
    }
    this.at++;
    return content;
  }

  // A number, a word such as True or null, or what wraps a value: array([1, 2]), np.float64(21.5).
  scalar(name, depth) {
    const number = this.match(NUMBER);
    if (number !== null) {
      if (this.at < this.text.length && name !== "" && this.match(WORD) === null) {
        this.found.set(name, Number(number)); // at the very end it may be cut short
      }
      return;
    }
    const word = this.match(WORD) ?? this.fail();
    const next = this.text[this.at];
    if (next === "(") {
      this.at++;
      this.wrapped(name, depth);
    } else if (next === '"' || next === "'") {
      this.quoted(); // b'bytes'
    }
  }

  wrapped(name, depth) {
    for (let index = 0; !this.take(")"); index++) {
      const before = this.at;
      const word = this.match(WORD);
      const isOption = word !== null && this.take("=");
      if (!isOption) {
        this.at = before;
      }
      this.value(index === 0 && !isOption ? name : "", depth + 1);
      this.separator(")");
    }
  }
}
