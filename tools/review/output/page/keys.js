/** What the keys go through, in the order of the page. */
const stops = ".finding article, .stack > summary, .change summary";

/** @param {Filters} filters */
function listenToKeys(filters) {
  const help = /** @type {HTMLDialogElement} */ (document.getElementById("help"));
  document.getElementById("help-button")?.addEventListener("click", () => help.showModal());
  document.getElementById("help-close")?.addEventListener("click", () => help.close());
  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) {
      return;
    }
    if (event.key === "Escape") {
      escape(filters);
    } else if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) {
      return;
    } else if (event.key === "/") {
      filters.search.focus();
      filters.search.select();
    } else if (event.key === "?") {
      help.showModal();
    } else if (event.key === "j" || (event.key === "ArrowDown" && target.matches(stops))) {
      step(1);
    } else if (event.key === "k" || (event.key === "ArrowUp" && target.matches(stops))) {
      step(-1);
    } else {
      return;
    }
    event.preventDefault();
  });
}

/** First out of the search and its words, then out of all filters. @param {Filters} filters */
function escape(filters) {
  const { search } = filters;
  if (filters.chosen.q !== "") {
    filters.choose({ q: "" });
  } else if (document.activeElement !== search) {
    filters.reset();
  }
  search.blur();
}

/** @param {number} by */
function step(by) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(stops)]);
  const seen = all.filter((element) => element.checkVisibility());
  const focused = document.activeElement?.closest(stops) ?? null;
  const index = focused === null ? -1 : seen.indexOf(/** @type {HTMLElement} */ (focused));
  const next = seen[index < 0 && by < 0 ? seen.length - 1 : Math.min(seen.length - 1, Math.max(0, index + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
