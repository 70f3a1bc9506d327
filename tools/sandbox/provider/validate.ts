import type { Diagnostic, PathStep } from "../protocol/diagnostic";
import { factsOf } from "../schema/facts";
import type { Block } from "../schema/schema";
import { isList, isObject, Unknown, type Value, type ValueObject } from "../values/value";

/** What the provider refuses before planning: values outside of an enum, arguments that exclude each other, malformed members. */
export function validateResource(type: string, block: Block, config: ValueObject): Diagnostic[] {
  const facts = factsOf(type);
  return [
    ...validateEnums(block, config, []),
    ...Object.entries(facts?.fields ?? {}).flatMap(([name, field]) => validateGroups(name, field, config)),
    ...(facts?.atLeastOneOf ?? []).flatMap((group) => validateAtLeastOne(group, config)),
    ...validateMember(config),
  ];
}

function validateEnums(block: Block, config: ValueObject, path: PathStep[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, { enum: allowed }] of Object.entries(block.attributes)) {
    const value = config[name];
    if (allowed && typeof value === "string" && !allowed.includes(value)) {
      const at = [...path, name];
      found.push({
        summary: `expected ${at.join(".")} to be one of ${JSON.stringify(allowed)}, got ${value}`,
        path: at,
      });
    }
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = config[name];
    const items = isList(value) ? value : isObject(value) ? [value] : [];
    items.forEach((item, index) => {
      const at = nested.nesting === "list" ? [...path, name, index] : [...path, name];
      found.push(...(isObject(item) ? validateEnums(nested.block, item, at) : []));
    });
  }
  return found;
}

interface Groups {
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
}

/** Only groups of top-level arguments: inside of repeated blocks their paths do not say which element they mean. */
function validateGroups(
  name: string,
  { conflictsWith = [], exactlyOneOf = [] }: Groups,
  config: ValueObject,
): Diagnostic[] {
  const isTop = (path: string) => !path.includes(".") && path in config;
  if (!isTop(name)) {
    return [];
  }
  const clashes = isSet(config[name]) ? conflictsWith.filter((other) => isTop(other) && isSet(config[other])) : [];
  const found = clashes.map((other) => ({
    summary: "Conflicting configuration arguments",
    detail: `"${name}": conflicts with ${other}`,
    path: [name],
  }));
  const group = [...new Set([name, ...exactlyOneOf])].sort();
  if (exactlyOneOf.length === 0 || group[0] !== name || !group.every(isTop)) {
    return found;
  }
  const given = group.filter((member) => isSet(config[member]));
  const unknown = group.some((member) => config[member] instanceof Unknown);
  if (given.length === 1 || (unknown && given.length === 0)) {
    return found;
  }
  const summary = given.length === 0 ? "Missing required argument" : "Invalid combination of arguments";
  const need = given.length === 0 ? "must be specified" : `can be specified, but \`${given.join(",")}\` were specified`;
  const scope = given.length === 0 ? "one of" : "only one of";
  return [...found, { summary, detail: `"${name}": ${scope} \`${group.join(",")}\` ${need}.`, path: [name] }];
}

/** Groups are of arguments of one block, named by path; where the block is absent, nothing is asked for. */
function validateAtLeastOne(group: readonly string[], config: ValueObject): Diagnostic[] {
  const steps = group[0]!.split(".");
  const owner = steps.slice(0, -1).reduce<Value | undefined>((value, step) => {
    const inner = isObject(value) ? value[step] : undefined;
    return isList(inner) ? inner[0] : inner;
  }, config);
  if (!isObject(owner) || group.some((path) => isSet(owner[path.slice(path.lastIndexOf(".") + 1)]))) {
    return [];
  }
  return [
    {
      summary: "Missing required argument",
      detail: `"${steps.slice(0, -1).join(".")}": one of \`${group.join(",")}\` must be specified.`,
      path: [steps[0]!],
    },
  ];
}

function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(isList(value) && value.length === 0);
}

const memberForm = /^(?:allUsers|allAuthenticatedUsers|[a-zA-Z]+:.+)$/;

function validateMember({ member }: ValueObject): Diagnostic[] {
  if (typeof member !== "string") {
    return [];
  }
  if (member.startsWith("deleted:")) {
    const summary = "invalid value for member (Terraform does not support IAM members for deleted principals)";
    return [{ summary, detail: "Remove the grant.", path: ["member"] }];
  }
  if (memberForm.test(member)) {
    return [];
  }
  const summary =
    "invalid value for member (IAM members must have one of the values outlined here: " +
    `https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding), got "${member}"`;
  const detail = "Write its kind before it, such as serviceAccount:name@project.iam.gserviceaccount.com.";
  return [{ summary, detail, path: ["member"] }];
}
