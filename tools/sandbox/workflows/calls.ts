import { didYouMean, listNames } from "../../../config/nearest";
import type { Entry, Node } from "../../../config/source/node";
import { callLibrary, callRoutine, type Code, constant } from "./code";
import type { BlockingCall } from "./program";
import { type Here, shown } from "./reading";
import { blockingFunctions, functions } from "./stdlib/functions";
import type { Parameter } from "./stdlib/library";
import { checkCallee, template } from "./templates";

/** What a `call` step calls, with its arguments; `undefined` once it was reported. */
export function readCall(name: Entry, given: Node | undefined, here: Here): Code | BlockingCall | undefined {
  const { report } = here.reading;
  const called = name.value.kind === "scalar" ? name.value.value : undefined;
  if (typeof called !== "string") {
    report(name.value.place, `'call' must be the name of a function or a subworkflow, got ${shown(name.value)}`);
    return undefined;
  }
  const parameters = blockingFunctions.get(called) ?? checkCallee(called, here);
  if (typeof parameters === "string") {
    report(name.value.place, parameters);
    return undefined;
  }
  const parts = readArguments(called, parameters, given, name, here);
  if (blockingFunctions.has(called)) {
    return { function: called, given: parts };
  }
  const positions = parameters.map((parameter) => parts.get(parameter.name));
  const library = functions.get(called);
  return library
    ? callLibrary(
        library,
        positions.map((part) => part ?? constant(null)),
      )
    : callRoutine(called, positions);
}

/** Arguments by name: they are given by name, or as a list by position. */
function readArguments(
  called: string,
  parameters: readonly Parameter[],
  given: Node | undefined,
  name: Entry,
  here: Here,
): Map<string, Code> {
  const { report } = here.reading;
  const parts = new Map<string, Code>();
  const names = parameters.map((parameter) => parameter.name);
  if (given?.kind === "list") {
    given.items.forEach((item, index) => {
      const code = template(item, here);
      const parameter = names[index];
      if (parameter === undefined) {
        report(item.place, `'${called}' takes ${names.length} arguments at most: ${names.join(", ")}`);
      } else {
        parts.set(parameter, code);
      }
    });
  } else if (given?.kind === "mapping") {
    for (const [key, { key: place, value }] of given.entries) {
      if (!names.includes(key)) {
        const guess = didYouMean(key, names);
        report(place, `'${called}' has no argument '${key}'${guess || `: its arguments are ${listNames(names, key)}`}`);
      }
      parts.set(key, template(value, here));
    }
  } else if (given) {
    report(given.place, `'args' must be a mapping or a list, got ${shown(given)}`);
    return parts;
  }
  const missing = parameters.filter((parameter) => !parameter.optional && !parts.has(parameter.name));
  if (missing.length > 0) {
    report(
      name.value.place,
      `'${called}' must have the argument ${listNames(missing.map((parameter) => `'${parameter.name}'`))}`,
    );
  }
  return parts;
}
