import type { Scalar } from "./source/node";

const longest = 60;

/** Text in quotes, on one line and of a length that fits one. */
export function quote(value: string): string {
  const escaped = value.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
  return `'${escaped.length > longest ? `${escaped.slice(0, longest)}...` : escaped}'`;
}

/** A value as a problem shows it: `'text'`, `the number 5`, `a list`. */
export function describe(value: unknown, source?: string): string {
  if (typeof value === "string") {
    return quote(value);
  }
  if (typeof value === "number") {
    return `the number ${source ?? value}`;
  }
  if (value === null || value === undefined) {
    return "nothing";
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  return typeof value === "object" ? "a mapping" : String(value as Scalar);
}

/** `1 model`, `2 models` */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

/** `1, 2 or 4` */
export function either(values: readonly (string | number)[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}
