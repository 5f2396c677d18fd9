// Light, dark, or as the system has it; the report's page remembers it under the same name.

const THEMES = ["auto", "light", "dark"];
const NAME = "sounder-theme";

function remembered() {
  try {
    return THEMES.includes(localStorage.getItem(NAME)) ? localStorage.getItem(NAME) : "auto";
  } catch (e) {
    return "auto"; // storage may be off
  }
}

function remember(theme) {
  try {
    localStorage.setItem(NAME, theme);
  } catch (e) {
    // it is then forgotten with the page
  }
}

export function themes(button, onChange) {
  const root = document.documentElement;

  function apply(theme) {
    if (theme === "auto") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
    button.textContent = "Theme: " + theme;
    onChange();
  }

  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "auto") + 1) % THEMES.length];
    remember(next);
    apply(next);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onChange);
  apply(remembered());
}
