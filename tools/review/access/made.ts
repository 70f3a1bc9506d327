import { textOf } from "../../../policies/arguments";
import type { Change } from "../change";
import type { PlannedStack } from "../planned-stack";
import { namesOf } from "./grants-of";
import { knownAfterApply } from "./grant";
import { projectOf } from "./place";

/** What the plans make, as far as grants name it. */
export class Made {
  /** By type and last part of a name, the projects that what is made with it is in. */
  private readonly projects = new Map<string, Map<string, string[]>>();

  constructor(stacks: readonly PlannedStack[]) {
    for (const { type, after } of stacks.flatMap(({ changes }) => changes.filter(({ isCreated }) => isCreated))) {
      const names = this.projects.get(type) ?? new Map<string, string[]>();
      this.projects.set(type, names);
      for (const [argument, value] of Object.entries(after)) {
        if (typeof value === "string" && /(?:^|_)(?:id|name|email)$/.test(argument)) {
          names.set(lastOf(value), [...(names.get(lastOf(value)) ?? []), projectOf(after, [value])]);
        }
      }
    }
  }

  /** Whether the resource that a grant is on is made: also one whose name only Terraform will know. */
  resourceOf({ type, after, isCreated }: Change): boolean {
    const kind = type.replace(/_(?:iam_(?:member|binding|policy)|access|access_control|acl)$/, "");
    const made = this.projects.get(kind);
    if (kind === type || made === undefined) {
      return kind === type && isCreated;
    }
    const named = namesOf(after);
    const project = projectOf(after, named);
    const isMade = (name: string) =>
      name === knownAfterApply || (made.get(lastOf(name)) ?? []).some((each) => mayBeSame(each, project));
    return named.length > 0 && named.every(isMade);
  }

  account(member: string): boolean {
    const id = /^serviceAccount:([^@]+)@/.exec(member)?.[1];
    const accounts = this.projects.get("google_service_account");
    return accounts !== undefined && (textOf(id) === "" ? member.includes(knownAfterApply) : accounts.has(id!));
  }
}

/** Last part of a name, without the domain of an account. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).replace(/@.*/, "");
}

/** Whether projects are the same, or one of them is not said. */
export function mayBeSame(...projects: readonly string[]): boolean {
  return projects.some((project) => ["", knownAfterApply].includes(project)) || projects[0] === projects[1];
}
