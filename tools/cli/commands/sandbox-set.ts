import { join } from "node:path";

import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { Catalogue } from "../../sandbox/schema/catalogue";
import { type Kind, kindAt } from "../../sandbox/schema/kind-at";
import { projectRoot } from "../project";
import { findManaged, managedResources, sandboxStateFolder } from "../terraform-state";
import type { Value } from "../../sandbox/values/value";
import { UserError } from "../user-error";

export function setCommand(): Command {
  return new Command("set")
    .summary("change a resource behind Terraform's back")
    .description("change a resource behind Terraform's back, as somebody in the console would: the next plan shows it")
    .argument("<address>", "Terraform address, such as google_pubsub_topic.Events_1A2B3C4D")
    .argument(
      "<key=value>",
      "such as message_retention_duration=86400s; numbers, lists and mappings as in JSON, null for nothing",
    )
    .action((address: string, assignment: string) => {
      const root = projectRoot();
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
      if (key === undefined || value === undefined) {
        throw new UserError(`'${assignment}' must be KEY=VALUE, such as message_retention_duration=86400s`);
      }
      const { type, id } = findManaged(managedResources(sandboxStateFolder(root)), address);
      const cloud = new Cloud(root);
      try {
        cloud.set(type, id, key, fitting(kindOf(root, type, key), key, value));
      } catch (error) {
        throw new UserError((error as Error).message);
      }
      console.log(`${address}: ${key} is now ${value}`);
    });
}

/** What belongs at a key. What identifies a resource cannot change behind anybody's back. */
function kindOf(root: string, type: string, key: string): Kind {
  const path = key.split(".");
  if (["id", "name", "project"].includes(key) || path.includes("__proto__")) {
    throw new UserError(`'${key}' identifies the resource and cannot be set`);
  }
  const [schema] = (["google", "google-beta"] as const)
    .map((provider) => new Catalogue(provider, join(root, ".sandbox", "cache")).resource(type))
    .filter((found) => found !== undefined);
  const kind = schema && kindAt(schema.block, path);
  if (schema && kind === undefined) {
    const names = [...Object.keys(schema.block.attributes), ...Object.keys(schema.block.blocks)].sort();
    const has = path.length === 1 ? `it has ${names.join(", ")}` : `'mlp sandbox show' shows what it has`;
    throw new UserError(`${type} has no '${key}'; ${has}`);
  }
  return kind ?? "text";
}

/** The value that was written, as what belongs there: text as it stands, everything else as in JSON. */
function fitting(kind: Kind, key: string, written: string): Value {
  const value = parse(written);
  if (value === null) {
    return null;
  }
  if (kind === "text") {
    return written;
  }
  if (kindOfValue(value) !== kind) {
    throw new UserError(`'${key}' must be ${kind}, got ${kindOfValue(value)}: ${forms[kind]}`);
  }
  return value;
}

const forms = {
  "a number": "write digits",
  "true or false": "write true or false",
  "a list": `write it as in JSON, such as ["a","b"]`,
  "a mapping": `write it as in JSON, such as {"a":"b"}`,
} as const;

function kindOfValue(value: unknown): Kind {
  if (Array.isArray(value)) {
    return "a list";
  }
  const kinds = { boolean: "true or false", number: "a number", object: "a mapping" } as const;
  return kinds[typeof value as keyof typeof kinds] ?? "text";
}

/** `true`, `3`, `null`, `["a"]` and `{"a":1}` are what they are in JSON, everything else is text. */
function parse(value: string): Value {
  try {
    return /^(true|false|null|-?\d+(\.\d+)?|\[.*\]|\{.*\})$/s.test(value) ? (JSON.parse(value) as Value) : value;
  } catch {
    return value;
  }
}
