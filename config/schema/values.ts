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

/** Id of a project of Google Cloud. */
export const projectId = z
  .string()
  .regex(
    /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
    "must be a project id: 6 to 30 lower-case letters, digits or hyphens, starting with a letter",
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

/** Who owns resources: people, never a workload. */
export const owner = z
  .string()
  .regex(
    /^(user|group):[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    "must be 'group:' or 'user:' and an e-mail address in lower case, such as group:ml-team@acme.example",
  );

/** A Compute Engine machine type by the form of its name; the list is Google's and grows. */
export const computeMachineType = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, "must be a Compute Engine machine type, such as n2-standard-2");

const aSubnetRange = "must be an IPv4 range from /4 to /29 that starts at its first address, such as 10.10.0.0/20";

/** An IPv4 range that Compute Engine takes for a subnet: https://cloud.google.com/vpc/docs/subnets#valid-ranges */
export const subnetRange = z.string().cidrv4(aSubnetRange).refine(isSubnetRange, aSubnetRange);

/** A time zone of the IANA database. */
export const timeZone = z
  .string()
  .refine(isTimeZone, "must be a time zone of the IANA database, such as Europe/Amsterdam");

/** A day of the calendar. */
export const day = z
  .string()
  .refine(isDay, "must be a day as YYYY-MM-DD, such as 2026-12-31")
  .meta({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

/** Why somebody accepts what a rule found. */
export const reason = z
  .string()
  .regex(/\S.{9,}/, "must say why, in at least 10 characters")
  .describe("Why it is accepted");

/** A schedule of Unix cron. */
export const cron = z
  .string()
  .refine(isCron, "must be a cron schedule of five fields (minute, hour, day, month, weekday), such as '0 3 * * 1'")
  .meta({ pattern: "^\\S+( \\S+){4}$" });

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

function isSubnetRange(range: string): boolean {
  const [address = "", prefix = ""] = range.split("/");
  const bits = address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
  return Number(prefix) >= 4 && Number(prefix) <= 29 && bits % 2 ** (32 - Number(prefix)) === 0;
}

/** Answers so far: asking takes a tenth of a millisecond, and teams share their time zones. */
const timeZones = new Map<string, boolean>();

function isTimeZone(zone: string): boolean {
  const known = timeZones.get(zone) ?? isKnownToIntl(zone);
  timeZones.set(zone, known);
  return known;
}

function isKnownToIntl(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    // Offsets such as +02:00 are time zones to Intl, not to Google.
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function isDay(text: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const cronFields = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: months },
  { min: 0, max: 7, names: weekdays },
] as const;

function isCron(schedule: string): boolean {
  const fields = schedule.split(" ");
  return fields.length === cronFields.length && cronFields.every((field, index) => fitsCron(fields[index]!, field));
}

function fitsCron(text: string, { min, max, names }: (typeof cronFields)[number]): boolean {
  const valueOf = (word: string): number => {
    const index = (names as readonly string[]).indexOf(word.toLowerCase());
    return index === -1 ? (/^\d{1,2}$/.test(word) ? Number(word) : NaN) : index + min;
  };
  return text.split(",").every((part) => {
    const [range = "", step = "1", ...more] = part.split("/");
    const bounds = range === "*" ? [min, max] : range.split("-").map(valueOf);
    const ordered = bounds.every((bound, index) => bound >= (bounds[index - 1] ?? min) && bound <= max);
    return more.length === 0 && /^[1-9]\d?$/.test(step) && bounds.length <= 2 && ordered;
  });
}
