import { h } from "./dom.js";
import { choose, ui } from "./ui.js";
import { verdictChip } from "./verdicts.js";

const keys = [
  ["j", "Later look"],
  ["k", "Earlier look"],
  ["← →", "Move the cursor of the focused chart"],
  ["a", "Show this rollout, or all"],
  ["/", "Search"],
  ["?", "This help"],
  ["Esc", "Close, or clear the search"],
];

/** Keys and signs. */
export function help() {
  return (
    ui.help &&
    h(
      "dialog",
      { key: "help", id: "help", "aria-labelledby": "help-title", onclose: () => choose({ help: false }) },
      h(
        "header",
        null,
        h("h2", { id: "help-title" }, "Keys and signs"),
        h("button", { class: "icon", "aria-label": "Close", onclick: () => choose({ help: false }) }, "×"),
      ),
      h(
        "dl",
        { class: "keys" },
        keys.map(([key, text]) =>
          h("div", { key: String(key) }, h("dt", null, h("kbd", null, String(key))), h("dd", null, String(text))),
        ),
      ),
      h("h3", null, "Verdicts of a look"),
      h(
        "dl",
        { class: "signs" },
        h(
          "div",
          { key: "p" },
          h("dt", null, verdictChip("pass")),
          h("dd", null, "certain enough that it is not worse than tolerated"),
        ),
        h(
          "div",
          { key: "f" },
          h("dt", null, verdictChip("fail")),
          h("dd", null, "a limit is broken, or it is worse by more than chance explains"),
        ),
        h(
          "div",
          { key: "i" },
          h("dt", null, verdictChip("inconclusive")),
          h("dd", null, "the data does not decide yet"),
        ),
        h(
          "div",
          { key: "n" },
          h("dt", null, verdictChip("no-data")),
          h("dd", null, "nothing was measured; nothing passes for lack of data"),
        ),
      ),
    )
  );
}
