/** Items that a search opens at once. */
const openedBySearch = 200;

const none = { q: "", severity: /** @type {string[]} */ ([]), kind: /** @type {string[]} */ ([]), stack: "" };

/** What the reader looks for. The page's address keeps it, so that it can be sent to somebody. */
class Filters {
  /** @param {LazyList[]} lists */
  constructor(lists) {
    this.lists = lists;
    this.chosen = { ...none };
    this.wasActive = false;
    this.search = /** @type {HTMLInputElement} */ (document.getElementById("search"));
    this.stack = /** @type {HTMLSelectElement | null} */ (document.getElementById("stack"));
    this.status = /** @type {HTMLElement} */ (document.getElementById("matches"));
    this.clear = /** @type {HTMLButtonElement} */ (document.getElementById("clear"));
    this.chips = [.../** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-facet]"))];
  }

  get isActive() {
    const { q, severity, kind, stack } = this.chosen;
    return q.trim() !== "" || severity.length > 0 || kind.length > 0 || stack !== "";
  }

  /** @param {Partial<typeof none>} choice */
  choose(choice) {
    this.chosen = { ...this.chosen, ...choice };
    this.writeAddress();
    this.apply();
  }

  /** @param {"severity" | "kind"} facet @param {string} value */
  toggle(facet, value) {
    const chosen = this.chosen[facet];
    this.choose({ [facet]: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value] });
  }

  reset() {
    this.choose(none);
  }

  /** Shows what fits. A search opens the stacks that it finds something in, and closes them again. */
  apply() {
    const accepts = this.accepts();
    let opened = 0;
    if (this.isActive && !this.wasActive) {
      this.lists.forEach((list) => (list.wasOpen = list.isOpen));
    }
    const isBack = this.wasActive && !this.isActive;
    this.wasActive = this.isActive;
    for (const list of this.lists) {
      list.filter(accepts);
      const { fold, matches, wasOpen } = list;
      if (fold) {
        fold.hidden = this.isActive && matches.length === 0;
        if (this.isActive || isBack) {
          fold.open = this.isActive ? matches.length > 0 && opened < openedBySearch : wasOpen;
        }
        opened += Math.min(matches.length, itemsAtFirst);
      } else if (list.chapter) {
        list.chapter.hidden = this.isActive && matches.length === 0;
      }
      list.draw();
    }
    this.show();
  }

  /** @returns {Accepts} */
  accepts() {
    const { q, severity, kind, stack } = this.chosen;
    const words = escaped(q).toLowerCase().split(/\s+/).filter(Boolean);
    const index = this.stackIndex(stack);
    return (facets, text) =>
      (severity.length === 0 || severity.includes(facets.severity)) &&
      (kind.length === 0 || kind.includes(facets.kind)) &&
      (stack === "" || facets.stack === index) &&
      (words.length === 0 || words.every((word) => text().includes(word)));
  }

  show() {
    const { q, severity, kind, stack } = this.chosen;
    if (this.search.value !== q) {
      this.search.value = q;
    }
    if (this.stack) {
      this.stack.value = this.stackIndex(stack);
    }
    for (const chip of this.chips) {
      const { facet, value = "" } = chip.dataset;
      chip.setAttribute("aria-pressed", String((facet === "severity" ? severity : kind).includes(value)));
    }
    const isFinding = (/** @type {LazyList} */ list) => list.chapter?.id === "findings";
    const count = (/** @type {LazyList[]} */ lists) => lists.reduce((sum, { matches }) => sum + matches.length, 0);
    const findings = count(this.lists.filter(isFinding));
    const changes = count(this.lists.filter((list) => !isFinding(list)));
    this.clear.hidden = !this.isActive;
    this.status.textContent = this.isActive ? `${counted(findings, "finding")}, ${counted(changes, "change")}` : "";
  }

  /** @param {string} name */
  stackIndex(name) {
    const option = [...(this.stack?.options ?? [])].find(({ text, value }) => value !== "" && text === name);
    return option?.value ?? "";
  }

  writeAddress() {
    const { q, severity, kind, stack } = this.chosen;
    const entries = { q: q.trim(), severity: severity.join(","), kind: kind.join(","), stack };
    const given = Object.entries(entries).filter(([, value]) => value !== "");
    const fragment = new URLSearchParams(given).toString();
    history.replaceState(null, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
  }

  /** An address without filters, such as one of a finding, leaves them as they are. */
  readAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    const values = (/** @type {string} */ name) => (given.get(name) ?? "").split(",").filter(Boolean);
    if (location.hash.includes("=")) {
      this.chosen = {
        q: given.get("q") ?? "",
        severity: values("severity"),
        kind: values("kind"),
        stack: this.stackIndex(given.get("stack") ?? "") === "" ? "" : (given.get("stack") ?? ""),
      };
    }
    this.apply();
  }
}

/** A text in the form in which the page holds it. @param {string} text */
function escaped(text) {
  /** @type {Record<string, string>} */
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
