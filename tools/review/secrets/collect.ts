import { isObject, listOf, textOf } from "../../../policies/arguments";

type Json = Readonly<Record<string, unknown>>;

/** Shortest text that is masked wherever it stands; what is shorter is masked only where it is marked. */
const shortest = 4;

/**
 * Every text that a plan marks as sensitive somewhere: in changes, drift, the state, variables and outputs. The same text
 * stands elsewhere without a mark, since marks get lost in what providers compute.
 */
export function secretsOf(plan: Json): Set<string> {
  const secrets = new Set<string>();
  const add = (value: unknown) => addLeaves(value, secrets);
  for (const field of ["resource_changes", "resource_drift", "deferred_changes"]) {
    for (const entry of objectsOf(plan[field])) {
      const change = objectOf(objectOf(entry["resource_change"] ?? entry)["change"]);
      addMarked(change["before"], change["before_sensitive"], secrets);
      addMarked(change["after"], change["after_sensitive"], secrets);
    }
  }
  for (const output of Object.values(objectOf(plan["output_changes"])).filter(isObject)) {
    addMarked(output["before"], output["before_sensitive"], secrets);
    addMarked(output["after"], output["after_sensitive"], secrets);
  }
  for (const values of [plan["planned_values"], objectOf(plan["prior_state"])["values"]]) {
    addState(objectOf(values), secrets);
  }
  const configuration = objectOf(plan["configuration"]);
  for (const [name, declared] of variablesOf(objectOf(configuration["root_module"]))) {
    if (declared["sensitive"] === true) {
      add(declared["default"]);
      add(objectOf(objectOf(plan["variables"])[name])["value"]);
    }
  }
  return secrets;
}

function addState(values: Json, secrets: Set<string>): void {
  for (const output of Object.values(objectOf(values["outputs"])).filter(isObject)) {
    addMarked(output["value"], output["sensitive"], secrets);
  }
  const modules = [objectOf(values["root_module"])];
  for (let module = modules.pop(); module; module = modules.pop()) {
    for (const resource of objectsOf(module["resources"])) {
      addMarked(resource["values"], resource["sensitive_values"], secrets);
    }
    modules.push(...objectsOf(module["child_modules"]));
  }
}

/** Variables of a module and of all that it calls. */
function variablesOf(module: Json): [string, Json][] {
  const own = Object.entries(objectOf(module["variables"])).map(([name, each]): [string, Json] => [
    name,
    objectOf(each),
  ]);
  const calls = Object.values(objectOf(module["module_calls"])).filter(isObject);
  return [...own, ...calls.flatMap((call) => variablesOf(objectOf(call["module"])))];
}

function addMarked(value: unknown, mark: unknown, secrets: Set<string>): void {
  if (mark === true) {
    addLeaves(value, secrets);
  } else if (Array.isArray(mark) && Array.isArray(value)) {
    mark.forEach((inner, index) => addMarked(value[index], inner, secrets));
  } else if (isObject(mark) && isObject(value)) {
    for (const name of Object.keys(mark)) {
      addMarked(value[name], mark[name], secrets);
    }
  }
}

/** Texts and long numbers of a value that is sensitive as a whole, and the keys of maps that are no plain names. */
function addLeaves(value: unknown, secrets: Set<string>): void {
  if (Array.isArray(value)) {
    value.forEach((inner) => addLeaves(inner, secrets));
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      addLeaves(/^[a-z_]+$/.test(name) ? undefined : name, secrets);
      addLeaves(inner, secrets);
    }
  } else {
    const text = typeof value === "boolean" ? "" : textOf(value);
    if (text.length >= shortest) {
      secrets.add(text);
    }
  }
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function objectsOf(value: unknown): readonly Json[] {
  return listOf(value).filter(isObject);
}
