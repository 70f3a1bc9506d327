import type { Policy } from "./policy";
import { isAmong, isUnknown, listOf, show, valuesAt } from "./arguments";

type Wanted = string | boolean;

/** A rule that settings have one value, or one of a few. A setting whose block is not there has none. */
export function settingPolicy(
  rule: Omit<Policy, "kind" | "types" | "check"> & {
    readonly settings: Readonly<Record<string, Readonly<Record<string, Wanted | readonly Wanted[]>>>>;
  },
): Policy {
  const { settings, ...described } = rule;
  return {
    ...described,
    kind: "security",
    types: Object.keys(settings),
    check: (args, type) =>
      Object.entries(settings[type] ?? {}).flatMap(([path, wanted]) => {
        const values = valuesAt(args, path);
        const allowed = listOf(wanted);
        return (values.length === 0 ? [undefined] : values)
          .filter((value) => !isUnknown(value) && !isAmong(value, allowed))
          .map((value) => `'${path}' must be ${allowed.map(show).join(" or ")}, got ${show(value)}`);
      }),
  };
}
