/**
 * @typedef {{ severity: string, kind: string, stack: string }} Facets
 * @typedef {(facets: Facets, text: () => string) => boolean} Accepts
 */

/** Items that are built at first, and each time somebody asks for more; a large plan has thousands. */
const itemsAtFirst = 25;
const itemsAtOnce = 100;

/** A list whose items stand as text within `noscript`, one a line, and are built when they are looked at. */
class LazyList {
  /** @param {Element} element */
  constructor(element) {
    const source = element.querySelector("noscript")?.textContent ?? "";
    this.lines = source.split("\n").filter((line) => line.startsWith("<li "));
    this.facets = this.lines.map(facetsOf);
    /** What a reader sees of each item, in small letters. @type {(string | undefined)[]} */
    this.texts = [];
    this.matches = this.lines.map((_, index) => index);
    this.wanted = itemsAtFirst;
    this.isDrawn = false;
    this.fold = /** @type {HTMLDetailsElement | null} */ (element.closest("details.stack"));
    this.wasOpen = this.fold?.open ?? true;
    this.chapter = element.closest("section");
    this.items = document.createElement("ul");
    this.items.className = "items";
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.className = "quiet more-items";
    this.more.addEventListener("click", () => this.showMore());
    element.append(this.items, this.more);
    this.fold?.addEventListener("toggle", () => this.draw());
  }

  get isOpen() {
    return this.fold?.open ?? true;
  }

  /** Keeps the items that are accepted. @param {Accepts} accepts */
  filter(accepts) {
    this.matches = this.lines.flatMap((_, index) =>
      accepts(/** @type {Facets} */ (this.facets[index]), () => this.textOf(index)) ? [index] : [],
    );
    this.wanted = itemsAtFirst;
    this.isDrawn = false;
  }

  /** Builds what is to be seen; what is folded waits. @param {number} [wanted] */
  draw(wanted = this.wanted) {
    if (this.isOpen && (!this.isDrawn || wanted !== this.wanted)) {
      this.isDrawn = true;
      this.wanted = wanted;
      const template = document.createElement("template");
      // The lines are HTML of ours: what a plan says was escaped when the page was written, and the page's policy runs no script in it.
      template.innerHTML = this.matches
        .slice(0, wanted)
        .map((index) => this.lines[index])
        .join("");
      this.items.replaceChildren(template.content);
      const left = this.matches.length - wanted;
      this.more.hidden = left <= 0;
      this.more.textContent = `Show ${Math.min(left, itemsAtOnce)} more of ${left.toLocaleString("en")}`;
    }
  }

  showMore() {
    const first = this.wanted;
    this.draw(this.wanted + itemsAtOnce);
    const next = this.items.children[first]?.querySelector("summary, article");
    /** @type {HTMLElement | null | undefined} */ (next)?.focus();
  }

  /** @param {number} index */
  textOf(index) {
    const text = this.texts[index] ?? plainText(/** @type {string} */ (this.lines[index]));
    this.texts[index] = text;
    return text;
  }
}

/** @param {string} line @returns {Facets} */
function facetsOf(line) {
  const [, severity = "", kind = "", stack = ""] =
    /^<li [^>]*data-severity="([^"]*)" data-kind="([^"]*)" data-stack="([^"]*)"/.exec(line) ?? [];
  return { severity, kind, stack };
}

/** Text of an item; what is escaped stays so, and is looked for in that form. @param {string} line */
function plainText(line) {
  return line
    .replace(/<\/?mark>/g, "")
    .replace(/<[^>]*>/g, " ")
    .toLowerCase();
}
