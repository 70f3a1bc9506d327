import type { PathStep } from "../protocol/diagnostic";
import type { Attribute, Block, NestedBlock, Type } from "../schema/schema";
import { kindOf } from "../types/kind-of";
import {
  canonical,
  equal,
  hasUnknown,
  isList,
  isObject,
  Unknown,
  UNKNOWN,
  type Value,
  type ValueObject,
} from "../values/value";
import type { Configuration } from "./configuration";
import { planLabels } from "./labels";

export interface Plan {
  readonly planned: ValueObject;
  /** Arguments whose change replaces the resource. */
  readonly replaces: readonly (readonly PathStep[])[];
}

/**
 * What the provider would plan: the configuration, with defaults, what Google decided before, and unknowns for what it decides.
 * @param prior `undefined` for a resource that does not exist yet
 */
export function planResource(
  type: string,
  block: Block,
  config: ValueObject,
  prior: ValueObject | undefined,
  configuration: Configuration,
): Plan {
  const kind = kindOf(type);
  const planned: Record<string, Value> = { ...planBlock(block, config, prior, false) };

  const project = block.attributes["project"];
  if (project?.computed && project.optional && planned["project"] instanceof Unknown && configuration.project) {
    planned["project"] = project.late ? UNKNOWN : configuration.project;
  }
  for (const [name, value] of Object.entries(kind.planned?.(planned, configuration) ?? {})) {
    planned[name] = value ?? UNKNOWN;
  }
  for (const [name, renewed] of Object.entries(kind.renews ?? {})) {
    if (prior && !equal(prior[name] ?? null, planned[name] ?? null)) {
      renewed.forEach((output) => (planned[output] = UNKNOWN));
    }
  }
  const labelled = planLabels(type, block, planned, prior, configuration);
  const sometimes = (prior && kind.replacedBy?.(prior, labelled)) ?? [];
  const replaces = prior ? [...replacements(block, prior, labelled, []), ...sometimes.map((name) => [name])] : [];
  return { planned: labelled, replaces };
}

function planBlock(block: Block, config: ValueObject, prior: ValueObject | undefined, inSet: boolean): ValueObject {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(attribute, config[name] ?? null, prior?.[name], inSet);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = planNested(nested, config[name] ?? null, prior?.[name], inSet);
  }
  return planned;
}

function planAttribute(attribute: Attribute, config: Value, prior: Value | undefined, inSet: boolean): Value {
  if (attribute.writeOnly) {
    return null;
  }
  if (attribute.unset !== undefined && [config, prior ?? null].every((value) => isUnset(value, attribute))) {
    return prior ?? null;
  }
  if (config !== null) {
    return typeof config === "object" && hasUnknown(config) ? UNKNOWN : config;
  }
  if (attribute.default !== undefined) {
    return attribute.default;
  }
  if (attribute.computed) {
    return prior === undefined ? UNKNOWN : prior;
  }
  return inSet ? zeroValue(attribute.type) : null;
}

function isUnset(value: Value, { unset }: Attribute): boolean {
  return value === null || value === unset;
}

/** The provider's library plans absent texts and lists inside of sets as empty ones: an element is compared as a whole. */
function zeroValue(type: Type): Value {
  if (typeof type !== "string") {
    return type[0] === "map" ? {} : [];
  }
  return type === "string" ? "" : null;
}

function planNested(nested: NestedBlock, config: Value, prior: Value | undefined, inSet: boolean): Value {
  if (config instanceof Unknown) {
    return config;
  }
  if (nested.nesting === "single") {
    return isObject(config) ? planBlock(nested.block, config, isObject(prior) ? prior : undefined, inSet) : null;
  }
  const items = isList(config) ? config : [];
  if (items.length === 0 && nested.computed) {
    return prior === undefined ? UNKNOWN : prior;
  }
  const before = isList(prior) ? prior.filter(isObject) : [];
  const isSet = nested.nesting === "set";
  return items.map((item, index) => {
    if (!isObject(item)) {
      return item;
    }
    const match = isSet
      ? before.find((old) => covers(old, planBlock(nested.block, item, old, true), item))
      : before[index];
    return planBlock(nested.block, item, match, inSet || isSet);
  });
}

/** Whether an element of a set is the one that a configuration asks for: equal in all that the configuration says. */
function covers(old: ValueObject, planned: ValueObject, config: ValueObject): boolean {
  return Object.keys(config).every((name) => canonical(old[name] ?? null) === canonical(planned[name] ?? null));
}

function replacements(block: Block, prior: ValueObject, planned: ValueObject, path: PathStep[]): PathStep[][] {
  const found: PathStep[][] = [];
  for (const [name, { forceNew }] of Object.entries(block.attributes)) {
    if (forceNew && !equal(prior[name] ?? null, planned[name] ?? null)) {
      found.push([...path, name]);
    }
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    found.push(...nestedReplacements(name, nested, prior[name] ?? null, planned[name] ?? null, path));
  }
  return found;
}

function nestedReplacements(
  name: string,
  nested: NestedBlock,
  prior: Value,
  planned: Value,
  path: PathStep[],
): PathStep[][] {
  if (equal(prior, planned)) {
    return [];
  }
  const here = [...path, name];
  if (!isList(prior) || !isList(planned) || nested.nesting === "set") {
    return nested.forceNew || hasForceNew(nested.block) ? [here] : [];
  }
  if (prior.length !== planned.length) {
    return nested.forceNew || hasForceNew(nested.block) ? [here] : [];
  }
  return planned.flatMap((item, index) => {
    const old = prior[index];
    return isObject(item) && isObject(old) ? replacements(nested.block, old, item, [...here, index]) : [];
  });
}

function hasForceNew(block: Block): boolean {
  return (
    Object.values(block.attributes).some(({ forceNew }) => forceNew) ||
    Object.values(block.blocks).some((nested) => nested.forceNew === true || hasForceNew(nested.block))
  );
}
