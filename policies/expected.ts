import { isAmong, isObject, listOf, numberOf, secondsOf } from "./arguments";

/** What an argument must be. */
export interface Expected {
  /** Reads on after "must be". */
  readonly text: string;
  readonly accepts: (value: unknown) => boolean;
  /** Whether it must also be there. */
  readonly required?: boolean;
}

export const day = 86_400;

/** One of a few words, exactly. */
export const oneOf = (...words: readonly (string | number)[]): Expected => ({
  text: `${words.length > 1 ? "one of " : ""}${words.map((word) => JSON.stringify(word)).join(", ")}`,
  accepts: (value) => isAmong(value, words),
});

/** Text of a form; the text says which. */
export const matches = (pattern: RegExp, text: string): Expected => ({
  text,
  accepts: (value) => typeof value === "string" && pattern.test(value),
});

/** A whole number between two bounds, also as text. */
export const between = (min: number, max: number): Expected => ({
  text: max === Infinity ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`,
  accepts: (value) => Number.isInteger(numberOf(value)) && within(numberOf(value), min, max),
});

/** A number above one bound, and not above another. */
export const above = (min: number, max: number): Expected => ({
  text: `a number above ${min} and at most ${max}`,
  accepts: (value) => within(numberOf(value), min, max) && numberOf(value) !== min,
});

/** A duration in seconds between two bounds, in steps. */
export const seconds = (min: number, max: number, step = 0): Expected => ({
  text:
    max === Infinity
      ? `at least ${min} seconds, such as "${min}s"`
      : `seconds from "${min}s" to "${max}s"${step > 0 ? ` in steps of ${step}` : ""}`,
  accepts: (value) => within(secondsOf(value), min, max) && (step === 0 || secondsOf(value)! % step === 0),
});

/** A number of seconds as text, however many. */
export const duration: Expected = {
  text: 'a number of seconds, such as "600s"',
  accepts: (value) => secondsOf(value) !== undefined,
};

/** A list of which every element is something. */
export const each = ({ text, accepts }: Expected): Expected => ({
  text: `a list of ${text}`,
  accepts: (value) => listOf(value).every((element) => accepts(element)),
});

/** A map of which every key is something. */
export const keys = ({ text, accepts }: Expected): Expected => ({
  text: `a map whose keys are ${text}`,
  accepts: (value) => isObject(value) && Object.keys(value).every(accepts),
});

/** What must be there as well. */
export const required = (expected: Expected): Expected => ({ ...expected, required: true });

/** Anything, as long as it is there. */
export const something: Expected = { text: "set", accepts: () => true, required: true };

function within(number: number | undefined, min: number, max: number): boolean {
  return number !== undefined && number >= min && number <= max;
}
