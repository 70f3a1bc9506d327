import { z } from "zod";

import type { Problem } from "../problem";

/** Lower-case letters, digits and hyphens, starts with a letter, ends with a letter or digit: the rule of most Google Cloud names. */
export const name = (max: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[a-z]([-a-z0-9]{0,${max - 2}}[a-z0-9])?$`),
      `must be 1 to ${max} lower-case letters, digits or hyphens, start with a letter and not end with a hyphen`,
    );

/** An e-mail address in lower case: IAM stores addresses in lower case, so any other case shows as a change forever. */
export const email = z
  .string()
  .regex(
    /^[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    "must be an e-mail address in lower case, such as ml-team@acme.example",
  );

/** An IAM principal that people or workloads can be named by. */
export const principal = z
  .string()
  .regex(
    /^(user|group|serviceAccount):[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    "must be 'group:', 'user:' or 'serviceAccount:' and an e-mail address in lower case, such as group:ml-team@acme.example",
  );

/** Google's label rule: https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
export const labels = z
  .record(
    z
      .string()
      .regex(
        /^[a-z][-_a-z0-9]{0,62}$/,
        "must be a label key: 1 to 63 of a-z, 0-9, '-' and '_', starting with a letter",
      ),
    z.string().regex(/^[-_a-z0-9]{0,63}$/, "must be a label value: at most 63 of a-z, 0-9, '-' and '_'"),
  )
  .default({});

/** A whole number between two bounds. */
export const count = (min: number, max: number) => z.int().min(min).max(max);

/** A share of one, such as 0.05 for five percent. */
export const ratio = z.number().min(0).max(1);

/** A file that another file refers to, with what it holds. */
export interface SourceFile {
  /** Path from the project's root. */
  readonly path: string;
  /** JSON or YAML files hold the parsed value, all others their text. */
  readonly content: unknown;
}

/** Reads a file of a team by its path inside the team's folder, or says why it cannot. */
export type FileReader = (
  path: string,
) =>
  SourceFile | { readonly problem: string; /** What is wrong inside the file. */ readonly inside?: readonly Problem[] };

/** A path inside the team's folder; becomes the file it names. */
export const file = (read: FileReader) =>
  z.string().transform((path, context): SourceFile => {
    const source = read(path);
    if ("problem" in source) {
      context.addIssue({ code: "custom", message: source.problem, input: path, params: { inside: source.inside } });
      return z.NEVER;
    }
    return source;
  });
