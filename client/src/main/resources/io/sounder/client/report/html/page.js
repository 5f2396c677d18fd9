// The page: its charts, themes, saving, printing. What a document says gets onto it as text only.
// Problems are counted on the root element, where a test can see them.

const root = document.documentElement;
let problems = 0;

function countProblem() {
  problems++;
  root.dataset.problems = String(problems);
}

window.addEventListener("error", countProblem);
window.addEventListener("unhandledrejection", countProblem);
document.addEventListener("securitypolicyviolation", countProblem);

const THEMES = ["auto", "light", "dark"];
const themeButton = document.getElementById("theme");

function remembered() {
  const asked = /(?:^#|&)theme=(light|dark)(?:&|$)/.exec(location.hash);
  if (asked) {
    return asked[1];
  }
  try {
    return localStorage.getItem("sounder-theme") || "auto";
  } catch (e) {
    return "auto"; // a page from a file may have no storage
  }
}

function applyTheme(theme) {
  if (theme === "auto") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
  themeButton.textContent = "Theme: " + theme;
  redrawAll();
}

function redrawAll() {
  drawn.forEach((chart) => chart.redraw());
}

function nextTheme() {
  const current = root.dataset.theme || "auto";
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length];
  try {
    localStorage.setItem("sounder-theme", next);
  } catch (e) {
    // it is then forgotten with the page
  }
  applyTheme(next);
}

function save() {
  const texts = Array.from(document.querySelectorAll("script.document"), (each) => each.textContent + "\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(texts, { type: "application/json" }));
  link.download = "sounder.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Paper is light, and narrower than most screens.
const PAPER_WIDTH = 690;
let themeOnScreen;

function beforePrint() {
  themeOnScreen = root.dataset.theme || "auto";
  root.dataset.theme = "light";
  drawn.forEach((chart) => chart.resize(PAPER_WIDTH));
  redrawAll();
}

function afterPrint() {
  applyTheme(themeOnScreen);
  drawn.forEach((chart) => chart.resize(chart.place.clientWidth));
}

const theme = remembered();
if (theme !== "auto") {
  root.dataset.theme = theme;
}
const charts = JSON.parse(document.getElementById("charts").textContent);
charts.map(read).forEach(draw);
root.dataset.drawn = String(drawn.length);
applyTheme(theme);
themeButton.hidden = false;
themeButton.addEventListener("click", nextTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
window.addEventListener("beforeprint", beforePrint);
window.addEventListener("afterprint", afterPrint);
if (document.querySelector("script.document")) {
  const saveButton = document.getElementById("save");
  saveButton.hidden = false;
  saveButton.addEventListener("click", save);
}
