import { App, TerraformResource } from "cdktf";

import { valueAt } from "../../policies/arguments";
import { checkArguments, checkEnvironment, type Finding, formatFinding } from "../../policies/check";
import { makeStacks } from "../../stacks/platform";
import { checkStacks } from "../support/check-stacks";
import { repositoryPlatform, type StackJson, synthesise } from "../support/platform";
import { additions, losses, type Mutation, mutations } from "./support/mutations";

type Arguments = Readonly<Record<string, unknown>>;
type Environment = readonly { readonly name: string; readonly json: StackJson }[];

interface Place {
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  readonly args: Arguments;
}

interface Change extends Place {
  readonly what: string;
  /** The arguments then; nothing where the resource is gone. */
  readonly after: unknown;
}

function readEnvironment(name: string): Environment {
  return [...synthesise(repositoryPlatform(name))].map(([stack, json]) => ({ name: stack, json }));
}

function resourcesOf(environment: Environment): Place[] {
  return environment.flatMap(({ name, json }) =>
    Object.entries(json.resource).flatMap(([type, named]) =>
      Object.entries(named).map(([id, args]) => ({ stack: name, type, id, args })),
    ),
  );
}

function applies({ types, where }: Pick<Mutation, "types" | "where">, type: string, args: Arguments): boolean {
  return types.test(type) && (where?.(args) ?? true);
}

/** Every change of the tables that makes a difference, on every resource that it is about. */
function changesOf(environment: Environment): Change[] {
  const resources = resourcesOf(environment);
  const changes = resources.flatMap((resource): Change[] => {
    const { type, args } = resource;
    const keys = type === "google_kms_crypto_key_iam_member" ? [] : keysIn(args);
    return [
      ...mutations
        .filter((mutation) => applies(mutation, type, args))
        .map(({ what, path, value }) => ({ ...resource, what, after: changed(args, path.split("."), value) })),
      ...keys.map((path) => ({ ...resource, what: `no ${path}`, after: changed(args, path.split("."), undefined) })),
      ...losses
        .filter((loss) => applies(loss, type, args))
        .map(({ what }) => ({ ...resource, what, after: undefined })),
    ];
  });
  const [first] = environment;
  const added = Object.entries(additions).map(([type, after]): Change => ({
    stack: first!.name,
    type,
    id: "Added",
    what: "is added",
    args: {},
    after,
  }));
  return [...changes, ...added].filter(({ args, after }) => JSON.stringify(after) !== JSON.stringify(args));
}

/** Arguments with another value at a path, in every block on the way. */
function changed(args: unknown, [name = "", ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(args)) {
    return args.map((block) => changed(block, [name, ...rest], value));
  }
  const block = (args ?? {}) as Arguments;
  return { ...block, [name]: rest.length === 0 ? value : changed(block[name], rest, value) };
}

/** Paths of all arguments that name a key. */
function keysIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) {
    const isKey = /^(?:\w*kms_key\w*|encryption_key|crypto_key_name|key_reference)$/.test(path.at(-1) ?? "");
    return isKey ? [path.join(".")] : [];
  }
  return Object.entries(value)
    .filter(([name]) => name !== "//")
    .flatMap(([name, inner]) => keysIn(inner, Array.isArray(value) ? path : [...path, name]));
}

function withChange(environment: Environment, { stack, type, id, after }: Omit<Change, "what" | "args">): Environment {
  return environment.map(({ name, json }) => {
    const changedType = { ...json.resource[type], [id]: after };
    return name === stack
      ? { name, json: { ...json, resource: { ...json.resource, [type]: changedType } } as StackJson }
      : { name, json };
  });
}

const lines = (findings: readonly Finding[]) => findings.map(formatFinding);

describe.each(["sandbox", "dev", "prod"])("in %s", (name) => {
  const environment = readEnvironment(name);
  const before = new Set(lines(checkEnvironment(environment)));
  const isFound = (after: Environment) => lines(checkEnvironment(after)).some((line) => !before.has(line));
  // Most rules look at one resource: only the others need the whole environment.
  const isFoundAlone = ({ type, args, after }: Change) => {
    const said = new Set(checkArguments(type, args).map(({ message }) => message));
    return after !== undefined && checkArguments(type, after).some(({ message }) => !said.has(message));
  };

  test("every change towards the unsafe is found", () => {
    const changes = changesOf(environment);
    const missed = changes.filter((change) => !isFoundAlone(change) && !isFound(withChange(environment, change)));
    process.stdout.write(
      `${changes.length - missed.length} of ${changes.length} changes towards the unsafe are found in ${name}\n`,
    );
    expect(missed.map(({ stack, type, id, what }) => `${stack} ${type}.${id}: ${what}`)).toEqual([]);
  });

  test("a key that is granted to nobody is found", () => {
    const grants = resourcesOf(environment).filter(({ type }) => type === "google_kms_crypto_key_iam_member");
    const keys = [...new Set(grants.map(({ args }) => args["crypto_key_id"]))];
    const missed = keys.filter((key) => {
      const taken = grants.filter(({ args }) => args["crypto_key_id"] === key);
      return !isFound(taken.reduce((left, grant) => withChange(left, { ...grant, after: undefined }), environment));
    });
    expect(keys).not.toEqual([]);
    expect(missed).toEqual([]);
  });
});

test("every kind of change is tried in prod, which has no findings before", () => {
  const environment = readEnvironment("prod");
  const tried = new Set(changesOf(environment).map(({ what }) => what));
  expect([...mutations, ...losses].filter(({ what }) => !tried.has(what))).toEqual([]);
  expect(lines(checkEnvironment(environment))).toEqual([]);
});

test("an override of a construct is found like any other change", () => {
  const stacks = [...makeStacks(new App(), repositoryPlatform("prod"))];
  stacks.forEach((stack) => stack.prepareStack());
  const resources = stacks.flatMap((stack) => {
    const { resource } = stack.toTerraform() as StackJson;
    return stack.node
      .findAll()
      .filter(TerraformResource.isTerraformResource)
      .map((each) => each as TerraformResource)
      .map((each) => ({ stack, each, args: resource[each.terraformResourceType]![each.friendlyUniqueId]! }));
  });
  const missed = mutations.filter((mutation) => {
    const { stack, each, args } = resources.find((one) => applies(mutation, one.each.terraformResourceType, one.args))!;
    const path = mutation.path.replace("audit_log_config.", "audit_log_config.0.");
    const before = lines(checkStacks([stack]));
    each.addOverride(path, mutation.value);
    const after = lines(checkStacks([stack]));
    each.addOverride(path, valueAt(args, path.replace(".0.", ".")));
    return after.every((line) => before.includes(line));
  });
  expect(missed.map(({ what }) => what)).toEqual([]);
  expect(checkStacks(stacks)).toEqual([]);
});
