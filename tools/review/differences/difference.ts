import type { Path } from "../plan/plan";

/** One value that a change gives an object, with what it was. Values are as the plan holds them: show them with `shown`. */
export interface Difference {
  readonly path: Path;
  /** `undefined` where there was nothing. */
  readonly before: unknown;
  /** `undefined` where there will be nothing, or where it is known after apply. */
  readonly after: unknown;
  /** Whether the new value is known after apply only. */
  readonly isUnknown: boolean;
  /** Whether the plan marks the old or the new value as sensitive. */
  readonly isSensitive: boolean;
  /** Whether this value makes Terraform replace the object. */
  readonly forcesReplacement: boolean;
}

/** A path as people write it: `template[0].containers[0].image`; names that are no plain words stand in quotes. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") {
      return `${text}[${step}]`;
    }
    const plain = /^[A-Za-z_][\w-]*$/.test(step);
    return plain ? (text === "" ? step : `${text}.${step}`) : `${text}[${JSON.stringify(step)}]`;
  }, "");
}

/** A path without the places in lists, as policies and rules name arguments: `template.containers.image`. */
export function argumentName(path: Path): string {
  return path.filter((step) => typeof step === "string").join(".");
}
