import { Command } from "commander";

import { Cloud } from "../../sandbox/cloud";
import { projectRoot } from "../project";
import { findManaged, managedResources, sandboxStateFolder } from "../terraform-state";
import type { Value, ValueObject } from "../../sandbox/values/value";
import { UserError } from "../user-error";

export function setCommand(): Command {
  return new Command("set")
    .description("change a resource behind Terraform's back, as somebody in the console would: the next plan shows it")
    .argument("<address>", "Terraform address, such as google_pubsub_topic.Events_1A2B3C4D")
    .argument("<key=value>", "such as message_retention_duration=86400s; true, numbers, lists and mappings as in JSON")
    .action((address: string, assignment: string) => {
      const root = projectRoot();
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
      if (key === undefined || value === undefined) {
        throw new UserError(`'${assignment}' must be KEY=VALUE, such as message_retention_duration=86400s`);
      }
      const { type, id } = findManaged(managedResources(sandboxStateFolder(root)), address);
      const cloud = new Cloud(root);
      requireFit(cloud.get(type, id)?.values, key, parse(value));
      try {
        cloud.set(type, id, key, parse(value));
      } catch (error) {
        throw new UserError((error as Error).message);
      }
      console.log(`${address}: ${key} is now ${value}`);
    });
}

/** What identifies a resource cannot change behind anybody's back, and a value keeps its type. */
function requireFit(values: ValueObject | undefined, key: string, value: Value): void {
  const path = key.split(".");
  if (["id", "name", "project"].includes(key) || path.includes("__proto__")) {
    throw new UserError(`'${key}' identifies the resource and cannot be set`);
  }
  const present = path.reduce<unknown>(
    (from, step) => (from as Record<string, unknown> | null | undefined)?.[step],
    values,
  );
  if (present !== undefined && present !== null && value !== null && kindOf(present) !== kindOf(value)) {
    throw new UserError(
      `'${key}' must be ${kindOf(present)}, got ${kindOf(value)}: it is ${JSON.stringify(present)} now`,
    );
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return "a list";
  }
  const kinds: Readonly<Record<string, string>> = {
    bigint: "a number",
    boolean: "true or false",
    number: "a number",
    object: "a mapping",
    string: "text",
  };
  return kinds[typeof value] ?? typeof value;
}

/** `true`, `3`, `null`, `["a"]` and `{"a":1}` are what they are in JSON, everything else is text. */
function parse(value: string): Value {
  try {
    return /^(true|false|null|-?\d+(\.\d+)?|\[.*\]|\{.*\})$/s.test(value) ? (JSON.parse(value) as Value) : value;
  } catch {
    return value;
  }
}
