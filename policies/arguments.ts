/** Arguments of a resource, or of a block within, as Terraform names them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Stands for a value that is known after apply, and for blocks of which nobody knows how many there will be. */
export const unknown = "${known after apply}";

/** Whether a value is still unknown: a Terraform expression at synth, or a value known after apply. */
export function isUnknown(value: unknown): boolean {
  // Terraform writes a literal ${ as $${.
  return typeof value === "string" && /(?<!\$)\$\{|(?<!%)%\{/.test(value);
}

/** The blocks of an argument, those that are known. */
export function blocks(value: unknown): readonly Arguments[] {
  return listOf(value).filter(isObject);
}

export function isObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list as it is, any other value as the only element of one, and nothing as an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/**
 * Every value at a path of block names that ends in an argument: one for each block that is there, `undefined` where it
 * leaves the argument out.
 */
export function valuesAt(args: Arguments, path: string): readonly unknown[] {
  const end = path.indexOf(".");
  const name = end < 0 ? path : path.slice(0, end);
  const value = Object.hasOwn(args, name) ? (args[name] ?? undefined) : undefined;
  if (end < 0) {
    return [value];
  }
  const rest = path.slice(end + 1);
  return listOf(value).flatMap((block) =>
    isObject(block) ? valuesAt(block, rest) : isUnknown(block) ? [unknown] : [],
  );
}

/** The value at a path, of the first blocks on the way. */
export function valueAt(args: Arguments, path: string): unknown {
  return valuesAt(args, path)[0];
}

/** Whether a path holds a value that is known, and not a switch that is off. */
export function isGiven(args: Arguments, path: string): boolean {
  return valuesAt(args, path).some((value) => !isUnknown(value) && !isNothing(value) && !isFalse(value));
}

/** Whether a path surely holds nothing, or a switch that is off; what is known after apply may be anything. */
export function isMissing(args: Arguments, path: string): boolean {
  return valuesAt(args, path).every((value) => isNothing(value) || isFalse(value));
}

/** Empty text and empty lists are how Terraform plans what was left out. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Whether a switch is on. Terraform takes text for booleans. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** Whether a switch is off. */
export function isFalse(value: unknown): boolean {
  return value === false || value === "false";
}

/** Whether a value is one of some, of which Terraform takes numbers and switches as text too. */
export function isAmong(value: unknown, wanted: readonly unknown[]): boolean {
  return wanted.some((each) => each === value || (textOf(each) !== "" && textOf(each) === textOf(value)));
}

/** A number, also one that is written as text; `undefined` for all else. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A value as text: nothing for what is no text, number or switch. */
export function textOf(value: unknown): string {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
}

/** Seconds of a duration such as `60s` or `1.5s`; `undefined` for text of any other form. */
export function secondsOf(value: unknown): number | undefined {
  const text = typeof value === "string" ? /^(\d+(?:\.\d{1,9})?)s$/.exec(value)?.[1] : undefined;
  return text === undefined ? undefined : Number(text);
}

/** A value of JSON text; `undefined` where the text is none. */
export function parseJson(text: unknown): unknown {
  try {
    return typeof text === "string" ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** A value as it reads in a message: on one line, and no longer than one. */
export function show(value: unknown): string {
  const text = value === undefined || value === null ? "nothing" : asJson(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** The first hundred values of what is inside are more than a message shows. */
function asJson(value: unknown): string {
  let left = 100;
  try {
    return JSON.stringify(value, (_, inner: unknown) => (left-- > 0 ? inner : undefined)) ?? "nothing";
  } catch {
    return Array.isArray(value) ? "a list" : typeof value;
  }
}
