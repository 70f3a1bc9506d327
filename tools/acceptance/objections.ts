import { isObject, listOf, textOf } from "../../policies/arguments";
import { objectOf, objectsOf } from "../review/plan/json";

/** A stack as it is synthesised. */
export interface StackJson {
  readonly name: string;
  /** Content of its `cdk.tf.json`. */
  readonly config: unknown;
}

/** Why stacks must not be tried out in a project, a line each: what they make is destroyed in the end. */
export function objectionsTo(stacks: readonly StackJson[], project: string): string[] {
  return [...otherProjects(stacks, project), ...protectedObjects(stacks)];
}

/** Why a plan shows that the project is in use. */
export function objectionToPlan(name: string, plan: unknown): string[] {
  const there = changesOf(plan).filter(({ actions }) => actions !== "create");
  return there.length === 0
    ? []
    : [
        `${name} has ${there[0]!.address} already${more(there)}: it would be destroyed; use a project and a state of their own`,
      ];
}

/** What a plan changes, with how: `update google_pubsub_topic.Events`. */
export function changedIn(plan: unknown): string[] {
  return changesOf(plan)
    .filter(({ actions }) => actions !== "no-op")
    .map(({ actions, address }) => `${actions} ${address}`);
}

function changesOf(plan: unknown): { readonly address: string; readonly actions: string }[] {
  return objectsOf(objectOf(plan)["resource_changes"])
    .filter(({ mode }) => mode === "managed")
    .map(({ address, change }) => ({
      address: textOf(address),
      actions: listOf(objectOf(change)["actions"]).map(textOf).join(" and "),
    }));
}

function otherProjects(stacks: readonly StackJson[], project: string): string[] {
  const named = new Set(
    stacks.flatMap(({ config }) =>
      ["google", "google-beta"]
        .flatMap((provider) => listOf(objectOf(objectOf(config)["provider"])[provider]))
        .filter(isObject)
        .map((provider) => textOf(provider["project"]))
        .filter((name) => name !== ""),
    ),
  );
  named.delete(project);
  return [...named].map(
    (other) =>
      `the environment's project is '${other}', and --project says '${project}': name the one that may be emptied`,
  );
}

function protectedObjects(stacks: readonly StackJson[]): string[] {
  return stacks.flatMap(({ name, config }) => {
    const all = Object.entries(objectOf(objectOf(config)["resource"])).flatMap(([type, ids]) =>
      Object.entries(objectOf(ids)).map(([id, resource]) => ({
        address: `${type}.${id}`,
        resource: objectOf(resource),
      })),
    );
    const kept = all.filter(({ resource }) => objectOf(listOf(resource["lifecycle"])[0])["prevent_destroy"] === true);
    return kept.length === 0
      ? []
      : [
          `${name} protects ${kept[0]!.address}${more(kept)} from being destroyed: set 'deletionProtection: false' in the environment, or leave the stack out with '--except ${name}'`,
        ];
  });
}

function more(list: readonly unknown[]): string {
  return list.length > 1 ? ` and ${list.length - 1} more` : "";
}
