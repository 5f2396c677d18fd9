// Tables that are brought up to date in place, so that nothing jumps and a selection survives.

export function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (className) {
    made.className = className;
  }
  return made;
}

export function setText(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

/**
 * A table with one row per key. A column has a title, what its cell says, and perhaps what it is
 * sorted by, and whether it is a number.
 */
export class Table {
  constructor(place, columns, { sortBy = -1, descending = false, empty = "" } = {}) {
    this.columns = columns;
    this.rows = new Map();
    this.data = [];
    this.sortBy = sortBy;
    this.descending = descending;
    this.head = columns.map((column, index) => this.heading(column, index));
    const row = element("tr");
    row.append(...this.head);
    const head = element("thead");
    head.append(row);
    this.body = element("tbody");
    this.emptyRow = element("tr", undefined, "nothing");
    const cell = element("td", empty);
    cell.colSpan = columns.length;
    this.emptyRow.append(cell);
    place.replaceChildren(head, this.body);
    this.markSorted();
  }

  heading(column, index) {
    const cell = element("th", undefined, column.kind);
    cell.scope = "col";
    if (!column.by) {
      cell.textContent = column.title;
      return cell;
    }
    const button = element("button", column.title, "sort");
    button.type = "button";
    button.addEventListener("click", () => {
      this.descending = this.sortBy === index ? !this.descending : column.kind === "number";
      this.sortBy = index;
      this.markSorted();
      this.arrange();
    });
    cell.append(button);
    return cell;
  }

  markSorted() {
    this.head.forEach((cell, index) => {
      if (index === this.sortBy) {
        cell.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
      } else {
        cell.removeAttribute("aria-sort");
      }
    });
  }

  /** Shows these, each of which has a key. */
  show(data) {
    this.data = data;
    const keys = new Set(data.map((each) => each.key));
    for (const [key, row] of this.rows) {
      if (!keys.has(key)) {
        row.remove();
        this.rows.delete(key);
      }
    }
    data.forEach((each) => this.fill(each));
    this.arrange();
  }

  fill(each) {
    let row = this.rows.get(each.key);
    if (!row) {
      row = element("tr");
      row.append(...this.columns.map((column, i) => element(i === 0 ? "th" : "td", undefined, column.kind)));
      row.firstChild.scope = "row";
      this.rows.set(each.key, row);
    }
    this.columns.forEach((column, i) => {
      if (column.draw) {
        column.draw(row.children[i], each);
      } else {
        setText(row.children[i], column.text(each));
      }
    });
  }

  arrange() {
    const by = this.columns[this.sortBy]?.by;
    const sorted = by ? this.data.slice().sort((a, b) => compare(by(a), by(b)) * (this.descending ? -1 : 1)) : this.data;
    let next = this.body.firstChild;
    for (const each of sorted) {
      const row = this.rows.get(each.key);
      if (row === next) {
        next = next.nextSibling;
      } else {
        this.body.insertBefore(row, next);
      }
    }
    if (sorted.length === 0) {
      this.body.append(this.emptyRow);
    } else {
      this.emptyRow.remove();
    }
  }
}

function compare(a, b) {
  return typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
}
