import { environmentSettingsJsonSchema, type JsonSchema, teamSettingsJsonSchema } from "./json-schemas";
import { environments, mergedTeam, teamDefaults, without } from "./layers";
import { listNames, nearest } from "./nearest";
import { formatProblem, type Place, Problems } from "./problem";
import { keysOf, schemaAt } from "./schema-at";
import { type Entry, find, items, joinPath, type MappingNode, type Node, type Path, plain, text } from "./source/node";
import { environmentNames, readProject } from "./source/project";
import { unknownEnvironment } from "./unknown-environment";

/** Layer that a value comes from: files by their place, defaults by being none. */
export type Origin =
  | {
      readonly kind: "file";
      readonly layer: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
    }
  | { readonly kind: "blueprint default" }
  | { readonly kind: "not set" };

/** What one layer says. */
export interface LayerValue {
  readonly value: unknown;
  readonly origin: Origin;
}

/** The value that holds at a path, and what it was preferred to. */
export interface Explanation extends LayerValue {
  readonly path: string;
  /** What the layers below say, the next one first. */
  readonly overrides: readonly LayerValue[];
}

export type ExplainResult =
  | { readonly ok: true; readonly explanations: readonly Explanation[] }
  | { readonly ok: false; readonly message: string };

/**
 * Where the values at and below a path come from in an environment: `environment.region`,
 * `teams.churn.serving.models.propensity.maxReplicaCount`. Values are explained as they are written, right or wrong.
 */
export function explain(root: string, environmentName: string, path: string): ExplainResult {
  const names = environmentNames(root);
  if (!names.includes(environmentName)) {
    return { ok: false, message: unknownEnvironment(environmentName, names) };
  }
  const problems = new Problems();
  const project = readProject(root, problems.report);
  const environment = project.environments.get(environmentName);
  if (!environment) {
    const [first] = problems.sorted().filter(({ file }) => file === `environments/${environmentName}.yaml`);
    return { ok: false, message: first ? formatProblem(first) : `environment '${environmentName}' cannot be read` };
  }
  const teams = new Map<string, Node>();
  for (const name of items(environment, "teams").map((item) => text(item) ?? "")) {
    const team = project.teams.get(name);
    if (team) {
      teams.set(name, mergedTeam(team.node, environment, environmentName));
    }
  }
  return explainAt(mapping({ environment: without(environment, teamDefaults), teams: mapping(teams) }), path);
}

/** Lines that say where values come from. */
export function formatExplanation({ path, value, origin, overrides }: Explanation): string {
  const below = overrides.map((layer) => `  overrides ${show(layer.value)}, ${formatOrigin(layer.origin)}`);
  return [`${path} = ${show(value)}`, `  ${formatOrigin(origin)}`, ...below].join("\n");
}

const shape: JsonSchema = {
  properties: {
    environment: environmentSettingsJsonSchema,
    teams: { additionalProperties: teamSettingsJsonSchema },
  },
};

function explainAt(node: MappingNode, path: string): ExplainResult {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  for (const [index, key] of keys.entries()) {
    const parent = keys.slice(0, index);
    const known = keysAt(parent, node);
    if (!known.includes(key)) {
      return { ok: false, message: unknownPath(path, parent, key, known, keysAt(["teams"], node)) };
    }
  }
  const explanations = leaves(keys, node);
  return {
    ok: true,
    explanations:
      explanations.length > 0
        ? explanations
        : [{ path: joinPath("", ...keys), value: undefined, origin: { kind: "not set" }, overrides: [] }],
  };
}

function unknownPath(
  path: string,
  parent: readonly string[],
  key: string,
  known: readonly string[],
  teams: readonly string[],
): string {
  const near = nearest(key, known);
  const written = parent.length === 0 ? fromFile(path, key, teams) : undefined;
  const suggestion = written ?? (near === undefined ? undefined : [...parent, near].join("."));
  const where = parent.length === 0 ? "at the top" : `in '${parent.join(".")}'`;
  return suggestion === undefined
    ? `'${path}' is not known: ${where} there is ${listNames(known, key)}`
    : `'${path}' is not known: did you mean '${suggestion}'?`;
}

/** A path as it stands in the file of an environment or a team, and as problems name it, from the top of all files. */
function fromFile(path: string, key: string, [team = "TEAM"]: readonly string[]): string | undefined {
  if (keysOf(environmentSettingsJsonSchema, undefined).includes(key)) {
    return `environment.${path}`;
  }
  return keysOf(teamSettingsJsonSchema, undefined).includes(key) ? `teams.${team}.${path}` : undefined;
}

/** Keys below a path: those written and those that the schema knows. */
function keysAt(path: Path, root: Node): string[] {
  const node = find(root, path);
  if (node?.kind === "list") {
    return node.items.map((_, index) => String(index));
  }
  const schema = schemaAt(shape, path, root);
  const written = node?.kind === "mapping" ? [...node.entries.keys()] : [];
  return [...new Set([...written, ...(schema ? keysOf(schema, node) : [])])];
}

function leaves(path: readonly string[], root: Node): Explanation[] {
  const node = find(root, path);
  const schema = schemaAt(shape, path, root);
  const keys = node === undefined || node.kind === "mapping" ? keysAt(path, root) : [];
  // Keys of a mapping by accelerator or name are known to the schema, but mean nothing until they are written.
  const present = keys.filter((key) => schema?.properties ?? schema?.oneOf ?? find(node, [key]));
  if (present.length > 0) {
    return present.flatMap((key) => leaves([...path, key], root));
  }
  const layers = [...chain(node, schema)];
  if (schema?.default !== undefined) {
    layers.push({ value: schema.default, origin: { kind: "blueprint default" } });
  }
  const [first, ...overrides] = layers;
  return first ? [{ path: joinPath("", ...path), ...first, overrides }] : [];
}

function* chain(node: Node | undefined, schema: JsonSchema | undefined): Generator<LayerValue> {
  for (let layer = node; layer; layer = layer.overrides) {
    const { file, line, column } = layer.place;
    yield {
      value: filled(plain(layer), schema),
      origin: { kind: "file", layer: layerOf(layer.place), file, line, column },
    };
  }
}

/** A value with the defaults of what it leaves out: lists are explained as a whole. */
function filled(value: unknown, schema: JsonSchema | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => filled(item, schema?.items));
  }
  if (typeof value !== "object" || value === null || !schema?.properties) {
    return value;
  }
  const defaults = Object.entries(schema.properties).map(([key, property]) => [key, property.default]);
  const all = Object.entries({ ...Object.fromEntries(defaults), ...value });
  return Object.fromEntries(all.filter(([, item]) => item !== undefined));
}

function layerOf({ file, path }: Place): string {
  const [first, second] = path.split(".");
  if (file.startsWith("environments/")) {
    return first === teamDefaults ? "the environment's defaults for teams" : "the environment";
  }
  return first === environments ? `the team's override for ${second}` : "the team";
}

function formatOrigin(origin: Origin): string {
  return origin.kind === "file" ? `${origin.file}:${origin.line}:${origin.column} (${origin.layer})` : `${origin.kind}`;
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** A mapping that stands in no file. */
function mapping(values: Readonly<Record<string, Node>> | ReadonlyMap<string, Node>): MappingNode {
  const place: Place = { file: "", line: 0, column: 0, path: "" };
  const all = values instanceof Map ? [...(values as ReadonlyMap<string, Node>)] : Object.entries(values);
  const entries = all.map(([key, value]): [string, Entry] => [key, { key: place, value }]);
  return { kind: "mapping", place, entries: new Map(entries) };
}
