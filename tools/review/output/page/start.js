/** Words of a search are taken together, in milliseconds. */
const pause = 80;

/** Items of a list that are printed. */
const mostPrinted = 1_000;

addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("scripted");
  listenToTheme();
  const lists = [...document.querySelectorAll(".list")].map((element) => new LazyList(element));
  const filters = new Filters(lists);
  filters.readAddress();
  goToFinding();
  listenToFilters(filters);
  listenToKeys(filters);
  listenToPrint(lists);
  addEventListener("hashchange", () => (location.hash.includes("=") ? filters.readAddress() : goToFinding()));
});

/** @param {Filters} filters */
function listenToFilters(filters) {
  let timer = 0;
  filters.search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => filters.choose({ q: filters.search.value }), pause);
  });
  filters.search.form?.addEventListener("submit", (event) => event.preventDefault());
  filters.clear.addEventListener("click", () => filters.reset());
  filters.stack?.addEventListener("change", () => {
    const { stack } = filters;
    filters.choose({ stack: stack?.value ? (stack.selectedOptions[0]?.text ?? "") : "" });
  });
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const { facet, value, find, copy } = button?.dataset ?? {};
    if (facet && value) {
      filters.toggle(/** @type {"severity" | "kind"} */ (facet), value);
    } else if (find !== undefined) {
      showChange(filters, find);
    } else if (button && copy !== undefined) {
      void navigator.clipboard.writeText(copy).then(() => (button.textContent = "Copied"));
    }
  });
}

/** Finds the change that a finding is about, and opens it. @param {Filters} filters @param {string} address */
function showChange(filters, address) {
  filters.choose({ ...none, q: address });
  const change = document.querySelector("#changes .change details, #drift .change details");
  if (change instanceof HTMLDetailsElement) {
    change.open = true;
    change.querySelector("summary")?.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
  }
}

/** An address may name a finding, which was not there when the browser looked for it. */
function goToFinding() {
  const target = location.hash.startsWith("#finding-") ? document.getElementById(location.hash.slice(1)) : null;
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "start" });
}

/** Paper has no folds: all that fits the filters is opened, and closed again. @param {LazyList[]} lists */
function listenToPrint(lists) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = lists.flatMap(({ fold }) => (fold && !fold.open && !fold.hidden ? [fold] : []));
    opened.forEach((fold) => (fold.open = true));
    lists.forEach((list) => list.draw(mostPrinted));
  });
  addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));
}
