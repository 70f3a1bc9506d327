import { isObject, listOf, textOf } from "../../../policies/arguments";
import { UserError } from "../../cli/user-error";
import { secretsOf } from "../secrets/collect";
import type { CheckResult, DeferredChange, Importing, OutputChange, Path, Plan, ResourceChange } from "./plan";

type Json = Readonly<Record<string, unknown>>;

/** Format that is read; minor versions only add fields. https://developer.hashicorp.com/terraform/internals/json-format */
const major = "1";

/** Fields that are read, and those that repeat what others say. */
const known = {
  plan: [
    "format_version",
    "terraform_version",
    "variables",
    "planned_values",
    "resource_drift",
    "resource_changes",
    "deferred_changes",
    "output_changes",
    "prior_state",
    "configuration",
    "relevant_attributes",
    "checks",
    "timestamp",
    "applyable",
    "complete",
    "errored",
  ],
  resource: [
    "address",
    "previous_address",
    "module_address",
    "mode",
    "type",
    "name",
    "index",
    "provider_name",
    "deposed",
    "change",
    "action_reason",
  ],
  change: [
    "actions",
    "before",
    "after",
    "after_unknown",
    "before_sensitive",
    "after_sensitive",
    "replace_paths",
    "importing",
    "generated_config",
    "before_identity",
    "after_identity",
  ],
};

/**
 * Reads a plan's JSON, tolerant of all that a newer Terraform adds. Throws a `UserError` for what is no plan, and for a
 * format with another major version.
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
      `${source} has format ${formatVersion} of Terraform's plan: only ${major}.x can be read; review it with a newer version of this tool`,
    );
  }
  const unknownFields = new Set(namesOutside(json, known.plan, ""));
  const changesIn = (field: string) =>
    objectsOf(json[field]).map((each) => resourceChange(each, `${field}[].`, unknownFields));
  return {
    formatVersion,
    terraformVersion: textOf(json["terraform_version"]),
    changes: changesIn("resource_changes"),
    drift: changesIn("resource_drift"),
    deferred: objectsOf(json["deferred_changes"]).map((each) => deferredChange(each, unknownFields)),
    outputs: Object.entries(objectOf(json["output_changes"])).map(([name, each]) => outputChange(name, objectOf(each))),
    checks: objectsOf(json["checks"]).flatMap(checkResults),
    relevant: new Set(
      objectsOf(json["relevant_attributes"]).map(
        ({ resource, attribute }) => `${textOf(resource)}/${textOf(listOf(attribute)[0])}`,
      ),
    ),
    isErrored: json["errored"] === true,
    isComplete: json["complete"] !== false,
    unknownFields: [...unknownFields],
    secrets: secretsOf(json),
  };
}

function resourceChange(json: Json, place: string, unknownFields: Set<string>): ResourceChange {
  const change = objectOf(json["change"]);
  namesOutside(json, known.resource, place).forEach((name) => unknownFields.add(name));
  namesOutside(change, known.change, `${place}change.`).forEach((name) => unknownFields.add(name));
  const address = textOf(json["address"]);
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
    isUnknown: json["after_unknown"] === true,
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

/** Fields that are not among the known ones, and hold something. */
function namesOutside(json: Json, names: readonly string[], place: string): string[] {
  return Object.entries(json)
    .filter(([name, value]) => !names.includes(name) && !isEmpty(value))
    .map(([name]) => `${place}${name}`);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function optionalText(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function objectsOf(value: unknown): readonly Json[] {
  return listOf(value).filter(isObject);
}
