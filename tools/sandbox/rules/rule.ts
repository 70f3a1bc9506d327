import type { CloudView } from "../cloud";
import type { ProjectNumbers } from "../project";
import { equal, text, type ValueObject } from "../values/value";
import { nounOf } from "./apis";

/** A change that Terraform asks for, all of its values known. */
export interface Change {
  readonly action: "create" | "update" | "delete";
  readonly type: string;
  readonly id: string;
  readonly project: string;
  /** What the resource is to be; of a deletion, what it is. */
  readonly args: ValueObject;
}

/** Why Google refuses a change. */
export interface Refusal {
  /** What a user of Google Cloud would read. */
  readonly error: string;
  /** What to do about it, in one line. */
  readonly remedy: string;

  /**
   * It goes away by itself: nothing has to be changed.
   * @default false
   */
  readonly passes?: boolean;
}

/** What errors end in instead of a rule that go away by themselves. */
export const seenLater = "seen-later";

/** What a rule may look at. */
export interface World {
  readonly cloud: CloudView;
  readonly numbers: ProjectNumbers;

  /** Seconds in which a fresh grant is not seen yet; 0 where grants work at once. */
  readonly iamDelaySeconds: number;
}

/** One reason for which Google refuses changes. */
export interface Rule {
  /** Short and lasting: errors end in it, and the documentation lists it. */
  readonly id: string;

  /** What Google refuses, as the documentation says it. */
  readonly why: string;

  /** Where Google, or the provider, says so. */
  readonly source: string;

  /** Where the error's wording is from: found as somebody received it, or written here because nobody published it. */
  readonly wording: "as received" | "in part our own" | "our own";

  /** The refusal; `undefined` where Google takes the change. */
  readonly check: (change: Change, world: World) => Refusal | undefined;
}

/** The change that Terraform asks for leaves an argument as it is. */
export function keeps({ action, type, id, args }: Change, name: string, { cloud }: World): boolean {
  const before = action === "update" ? cloud.get(type, id)?.values[name] : undefined;
  return before !== undefined && equal(before, args[name] ?? null);
}

/** The error as Terraform shows it: `Error creating Topic: googleapi: Error 403: ...`. */
export function failure({ action, type, id, args }: Change, answer: string): string {
  const google = `googleapi: Error ${answer}`;
  const role = text(args, "role");
  if (type.endsWith("_iam_member") && role !== undefined) {
    const resource = id.slice(0, id.indexOf(`/${role}/`));
    return `Error applying IAM policy for "${resource}": Error setting IAM policy for "${resource}": ${google}`;
  }
  return `Error ${verbs[action]} ${nounOf(type)}: ${google}`;
}

const verbs = { create: "creating", update: "updating", delete: "deleting" } as const;
