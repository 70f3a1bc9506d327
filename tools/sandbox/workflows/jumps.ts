import { didYouMean, listNames } from "../../../config/nearest";
import type { Entry } from "../../../config/source/node";
import type { Completion } from "./program";
import { type Here, shown } from "./reading";

/** Where `next` leads: cloud.google.com/workflows/docs/reference/syntax/jumps */
export function readNext(entry: Entry, here: Here): Completion | undefined {
  const { report } = here.reading;
  const { place } = entry.value;
  const target = entry.value.kind === "scalar" ? entry.value.value : undefined;
  if (typeof target !== "string") {
    report(place, `'next' must be the name of a step, end, break or continue, got ${shown(entry.value)}`);
    return undefined;
  }
  switch (target) {
    case "end":
      if (here.parallels > 0) {
        report(place, "'next: end' is not allowed inside of a parallel step");
      }
      return { kind: "return", value: null };
    case "break":
    case "continue":
      if (here.inside !== "for" && !(here.inside === "parallel for" && target === "continue")) {
        report(place, `'next: ${target}' has a meaning inside of ${target === "break" ? "'for'" : "a loop"} alone`);
      }
      return { kind: target };
  }
  for (const { list, indexes } of here.lists) {
    const index = indexes.get(target);
    if (index !== undefined) {
      return { kind: "jump", list, index };
    }
  }
  const known = here.lists.flatMap(({ indexes }) => [...indexes.keys()]);
  const guess = didYouMean(target, known);
  report(
    place,
    `step '${target}' cannot be reached from here${guess || `: 'next' leads to steps beside or around this one, inside of the ` + `same loop or branch: ${listNames(known, target)}`}`,
  );
  return undefined;
}
