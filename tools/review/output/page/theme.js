/** Lets the reader choose colours; a page opened from a file may have no place to keep the choice. */
function listenToTheme() {
  const choice = /** @type {HTMLSelectElement} */ (document.getElementById("theme"));
  choice.value = keptTheme();
  applyTheme(choice.value);
  choice.addEventListener("change", () => {
    applyTheme(choice.value);
    try {
      localStorage.setItem("theme", choice.value);
    } catch {
      // The choice holds until the page is closed.
    }
  });
}

function keptTheme() {
  try {
    const kept = localStorage.getItem("theme") ?? "";
    return ["light", "dark"].includes(kept) ? kept : "auto";
  } catch {
    return "auto";
  }
}

/** @param {string} theme */
function applyTheme(theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
}
