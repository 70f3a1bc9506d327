import { isObject, listOf, parseJson, textOf } from "../../../policies/arguments";
import { type Json, objectOf, objectsOf } from "../plan/json";

/** Shortest text that is masked wherever it stands; what is shorter is masked only where it is marked. */
const shortest = 4;

/**
 * Names of arguments, which stand everywhere: a sensitive block has them as keys, as a sensitive map has texts of its own. Three words in
 * the schemas of google and google-beta 6.50 have more than 16 letters.
 */
const argumentName = /^[a-z]{1,16}(_[a-z]{1,16})*$/;

/**
 * Every text that a plan marks as sensitive somewhere: in changes, drift, the state, variables and outputs. The same text
 * stands elsewhere without a mark, since marks get lost in what providers compute.
 */
export function secretsOf(plan: Json): Set<string> {
  const secrets = new Secrets();
  for (const field of ["resource_changes", "resource_drift", "deferred_changes"]) {
    for (const entry of objectsOf(plan[field])) {
      const change = objectOf(objectOf(entry["resource_change"] ?? entry)["change"]);
      secrets.addMarked(change["before"], change["before_sensitive"]);
      secrets.addMarked(change["after"], change["after_sensitive"]);
    }
  }
  for (const output of Object.values(objectOf(plan["output_changes"])).filter(isObject)) {
    secrets.addMarked(output["before"], output["before_sensitive"]);
    secrets.addMarked(output["after"], output["after_sensitive"]);
  }
  for (const values of [plan["planned_values"], objectOf(plan["prior_state"])["values"]]) {
    addState(objectOf(values), secrets);
  }
  const configuration = objectOf(plan["configuration"]);
  for (const [name, declared] of variablesOf(objectOf(configuration["root_module"]))) {
    if (declared["sensitive"] === true) {
      secrets.addLeaves(declared["default"]);
      secrets.addLeaves(objectOf(objectOf(plan["variables"])[name])["value"]);
    }
  }
  return secrets.texts;
}

/**
 * Secrets of a stack that has no plan, as far as they are known: defaults of its sensitive variables, and what the environment
 * gives them. Terraform masks those in its errors; a provider that quotes them does not.
 */
export function secretsOfVariables(configuration: unknown, env: NodeJS.ProcessEnv): Set<string> {
  const secrets = new Secrets();
  for (const [name, declared] of Object.entries(objectOf(objectOf(configuration)["variable"]))) {
    const variable = listOf(declared).find(isObject) ?? {};
    if (variable["sensitive"] === true) {
      secrets.addLeaves(variable["default"]);
      const given = env[`TF_VAR_${name}`];
      secrets.addLeaves(given);
      secrets.addLeaves(parseJson(given));
    }
  }
  return secrets.texts;
}

function addState(values: Json, secrets: Secrets): void {
  for (const output of Object.values(objectOf(values["outputs"])).filter(isObject)) {
    secrets.addMarked(output["value"], output["sensitive"]);
  }
  const modules = [objectOf(values["root_module"])];
  for (let module = modules.pop(); module; module = modules.pop()) {
    for (const resource of objectsOf(module["resources"])) {
      secrets.addMarked(resource["values"], resource["sensitive_values"]);
    }
    modules.push(...objectsOf(module["child_modules"]));
  }
}

/** Variables of a module and of all that it calls. */
function variablesOf(module: Json): [string, Json][] {
  const found: [string, Json][] = [];
  const modules = [module];
  for (let next = modules.pop(); next; next = modules.pop()) {
    found.push(
      ...Object.entries(objectOf(next["variables"])).map(([name, each]): [string, Json] => [name, objectOf(each)]),
    );
    modules.push(...Object.values(objectOf(next["module_calls"])).map((call) => objectOf(objectOf(call)["module"])));
  }
  return found;
}

/** Texts that are not to be seen. Nothing in it calls itself: the state may be nested deeper than changes may. */
class Secrets {
  readonly texts = new Set<string>();

  addMarked(value: unknown, mark: unknown): void {
    const waiting: [unknown, unknown][] = [[value, mark]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [inner, its] = next;
      if (its === true) {
        this.addLeaves(inner);
      } else if (Array.isArray(its) && Array.isArray(inner)) {
        its.forEach((each, index) => waiting.push([inner[index], each]));
      } else if (isObject(its) && isObject(inner)) {
        Object.keys(its).forEach((name) => waiting.push([inner[name], its[name]]));
      }
    }
  }

  /** Texts and long numbers of a value that is sensitive as a whole, and the keys of its maps. */
  addLeaves(value: unknown): void {
    const waiting = [value];
    while (waiting.length > 0) {
      const next = waiting.pop();
      if (Array.isArray(next)) {
        next.forEach((inner) => waiting.push(inner));
      } else if (isObject(next)) {
        waiting.push(...Object.keys(next).filter((name) => !argumentName.test(name)));
        Object.values(next).forEach((inner) => waiting.push(inner));
      } else {
        const text = typeof next === "boolean" ? "" : textOf(next);
        if (text.length >= shortest) {
          this.texts.add(text);
        }
      }
    }
  }
}
