import { isObject, listOf, textOf } from "../../../policies/arguments";
import { UserError } from "../../cli/user-error";
import { secretsOf } from "../secrets/collect";
import { configurationOf } from "./configuration";
import { isDeeperThan, mostLevels } from "./depth";
import { knownFields, namesOutside } from "./fields";
import { type Json, objectOf, objectsOf } from "./json";
import type { CheckResult, DeferredChange, Importing, OutputChange, Path, Plan, ResourceChange } from "./plan";

/** Format that is read; minor versions only add fields. https://developer.hashicorp.com/terraform/internals/json-format */
const major = "1";

/** What `terraform show -json` says of a plan, and not of a state, a schema or a validation. */
const onlyInPlans = ["planned_values", "resource_changes", "output_changes", "configuration"];

/** Fields whose values are shown. */
const shown = ["resource_changes", "resource_drift", "deferred_changes", "output_changes"];

/**
 * Reads a plan's JSON, tolerant of all that a newer Terraform adds. Throws a `UserError` for what is no plan, for a format with
 * another major version, and where changes cannot be found: what is damaged must not look like a plan that has fewer of them.
 */
export function decodePlan(source: string, json: unknown): Plan {
  if (!isObject(json) || typeof json["format_version"] !== "string") {
    throw new UserError(
      `${source} is not a Terraform plan: it must be a JSON object with 'format_version', as 'terraform show -json' prints it`,
    );
  }
  const formatVersion = json["format_version"];
  if (formatVersion.split(".")[0] !== major) {
    throw new UserError(
      `${source} has ${/^[\d.]{1,20}$/.test(formatVersion) ? `format ${formatVersion}` : "a strange format"} of Terraform's plan: only ${major}.x can be read; review it with a newer version of this tool`,
    );
  }
  if (!onlyInPlans.some((field) => field in json)) {
    throw new UserError(
      `${source} is JSON of Terraform, but not of a plan: it must be what 'terraform show -json PLANFILE' prints, with the plan's file`,
    );
  }
  if (shown.some((field) => isDeeperThan(mostLevels, json[field]))) {
    throw new UserError(`${source} is damaged: its values are nested in more than ${mostLevels} levels`);
  }
  const unknownFields = new Set(namesOutside(json, knownFields.plan));
  const entries = (field: string) => entriesOf(source, field, json[field]);
  const changesIn = (field: string) => entries(field).map((each) => resourceChange(each, `${field}[].`, unknownFields));
  return {
    formatVersion,
    terraformVersion: textOf(json["terraform_version"]),
    changes: changesIn("resource_changes"),
    drift: changesIn("resource_drift"),
    deferred: entries("deferred_changes").map((each) => deferredChange(each, unknownFields)),
    outputs: outputsOf(source, json["output_changes"]),
    checks: objectsOf(json["checks"]).flatMap(checkResults),
    relevant: new Set(
      objectsOf(json["relevant_attributes"]).map(
        ({ resource, attribute }) => `${textOf(resource)}/${textOf(listOf(attribute)[0])}`,
      ),
    ),
    configuration: configurationOf(json["configuration"]),
    isErrored: json["errored"] === true,
    isComplete: json["complete"] !== false,
    isApplyable: json["applyable"] === true || listOf(json["action_invocations"]).length > 0,
    unknownFields: [...unknownFields],
    secrets: secretsOf(json),
  };
}

/** The entries of a list that may be left out. */
function entriesOf(source: string, field: string, value: unknown): readonly Json[] {
  const list = value ?? [];
  if (!Array.isArray(list) || !list.every(isObject)) {
    throw new UserError(
      `${source} is damaged: '${field}' must be a list of objects, got ${Array.isArray(value) ? "a list with others" : kindOfJson(value)}`,
    );
  }
  return list;
}

function outputsOf(source: string, value: unknown): OutputChange[] {
  const outputs = value ?? {};
  if (!isObject(outputs)) {
    throw new UserError(`${source} is damaged: 'output_changes' must be an object, got ${kindOfJson(value)}`);
  }
  return Object.entries(outputs).map(([name, each]) => outputChange(name, objectOf(each)));
}

function resourceChange(json: Json, place: string, unknownFields: Set<string>): ResourceChange {
  const change = objectOf(json["change"]);
  namesOutside(json, knownFields.resource, place).forEach((name) => unknownFields.add(name));
  namesOutside(change, knownFields.change, `${place}change.`).forEach((name) => unknownFields.add(name));
  const address = textOf(json["address"]) || "(no address)";
  return {
    address,
    previousAddress: optionalText(json["previous_address"]),
    deposed: optionalText(json["deposed"]),
    mode: textOf(json["mode"]) || (address.startsWith("data.") ? "data" : "managed"),
    type: textOf(json["type"]),
    name: textOf(json["name"]),
    provider: textOf(json["provider_name"]),
    actions: listOf(change["actions"]).map(textOf),
    actionReason: optionalText(json["action_reason"]),
    replacePaths: listOf(change["replace_paths"]).filter(Array.isArray).map(pathOf),
    importing: isObject(change["importing"]) ? importingOf(change["importing"]) : undefined,
    before: change["before"] ?? null,
    after: change["after"] ?? null,
    afterUnknown: change["after_unknown"] ?? false,
    beforeSensitive: change["before_sensitive"] ?? false,
    afterSensitive: change["after_sensitive"] ?? false,
  };
}

function importingOf({ id, identity, unknown }: Json): Importing {
  return { id: optionalText(id), identity, isUnknown: unknown === true };
}

function deferredChange(json: Json, unknownFields: Set<string>): DeferredChange {
  const change = resourceChange(objectOf(json["resource_change"]), "deferred_changes[].", unknownFields);
  return { reason: textOf(json["reason"]) || "unknown", change };
}

function outputChange(name: string, json: Json): OutputChange {
  return {
    name,
    actions: listOf(json["actions"]).map(textOf),
    before: json["before"] ?? null,
    after: json["after"] ?? null,
    unknown: json["after_unknown"] ?? false,
    isSensitive: json["before_sensitive"] === true || json["after_sensitive"] === true,
  };
}

/** One for each instance of what is checked: a check of a resource with `count` has several. */
function checkResults(json: Json): CheckResult[] {
  const result = (each: Json, fallback: string): CheckResult => ({
    address: textOf(objectOf(each["address"])["to_display"]) || fallback,
    status: textOf(each["status"]) || "unknown",
    problems: objectsOf(each["problems"]).map(({ message }) => textOf(message)),
  });
  const whole = result(json, "a check");
  const instances = objectsOf(json["instances"]).map((each) => result(each, whole.address));
  return instances.length > 0 ? instances : [whole];
}

function pathOf(steps: readonly unknown[]): Path {
  return steps.map((step) => (typeof step === "number" ? step : textOf(step)));
}

/** What a value is, without saying it: it may be a secret. */
function kindOfJson(value: unknown): string {
  return Array.isArray(value) ? "a list" : isObject(value) ? "an object" : `a ${typeof value}`;
}

function optionalText(value: unknown): string | undefined {
  return textOf(value) || undefined;
}
