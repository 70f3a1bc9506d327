import type { CloudView } from "../cloud";
import type { ProjectNumbers } from "../project";
import { text, type ValueObject } from "../values/value";
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
}

/** What a rule may look at. */
export interface World {
  readonly cloud: CloudView;
  readonly numbers: ProjectNumbers;
}

/** One reason for which Google refuses changes; `undefined` where it does not. */
export type Rule = (change: Change, world: World) => Refusal | undefined;

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
