import { isMachine } from "../../../../catalog/paid-arguments";
import { isNothing, textOf } from "../../../../policies/arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { changeText, together } from "../wording";
import { paidRule } from "./paid-rule";

export const machinesChange = paidRule({
  id: "cost/machine",
  title: "What it runs on changes",
  severity: "medium",
  why: "Another machine or accelerator has another price, another quota, and is not to be had in every zone.",
  check: "Is it to be had where it runs, is there quota for it, and who pays for it?",
  findIn: (changes) => {
    const found = changes.filter(({ name }) => isMachine(name));
    return found.length > 0
      ? {
          severity: found.every(isSmaller) ? "low" : "medium",
          message: together(found.map(changeText)),
          differences: found.map(({ difference }) => difference),
        }
      : undefined;
  },
});

/** Machine types of one family end in their number of CPUs: `n2-standard-8`. */
function isSmaller({ before, after }: ArgumentChange): boolean {
  const [old, next] = [before, after].map((value) => /^(.*?)(\d+)$/.exec(textOf(value)));
  return isNothing(after) || (old?.[1] === next?.[1] && Number(next?.[2]) < Number(old?.[2]));
}
