import type { Entry, Node } from "../../../config/source/node";
import { type Code, constant } from "./code";
import type { Retry } from "./program";
import { type Here, mappingOf, required, shown } from "./reading";
import { checkCallee, template } from "./templates";
import { mapOf } from "./values";

/** cloud.google.com/workflows/docs/reference/stdlib/retry/default_backoff */
const defaultBackoff = constant(mapOf({ initial_delay: 1, max_delay: 60, multiplier: 1.25 }));

/** cloud.google.com/workflows/docs/reference/stdlib/http/default_retry and /default_retry_non_idempotent */
const policies: ReadonlyMap<string, Retry> = new Map(
  ["", "_non_idempotent"].map((suffix) => [
    `http.default_retry${suffix}`,
    { predicate: `http.default_retry_predicate${suffix}`, maxRetries: constant(5n), backoff: defaultBackoff },
  ]),
);

/** `retry` beside `try`: a policy of the library, or a predicate, a number of retries and a backoff. */
export function readRetry(entry: Entry, here: Here): Retry | undefined {
  const { report } = here.reading;
  if (entry.value.kind === "scalar") {
    const policy = policies.get(reference(entry.value) ?? "");
    if (!policy) {
      report(
        entry.value.place,
        `'retry' must be \${http.default_retry}, \${http.default_retry_non_idempotent} or a mapping, got ${shown(entry.value)}`,
      );
    }
    return policy;
  }
  const mapping = mappingOf(entry.value, "'retry'", ["predicate", "max_retries", "backoff"], report);
  if (!mapping) {
    return undefined;
  }
  const predicate = required(mapping, "predicate", "'retry'", report);
  const maxRetries = required(mapping, "max_retries", "'retry'", report);
  const backoff = required(mapping, "backoff", "'retry'", report);
  const name = predicate && predicateName(predicate, here);
  const most = maxRetries && template(maxRetries, here);
  const delays = backoff && readBackoff(backoff, here);
  return name !== undefined && most && delays ? { predicate: name, maxRetries: most, backoff: delays } : undefined;
}

function readBackoff(node: Node, here: Here): Code {
  if (node.kind === "scalar" && reference(node) === "retry.default_backoff") {
    return defaultBackoff;
  }
  const { report } = here.reading;
  const keys = ["initial_delay", "max_delay", "multiplier"];
  const mapping = mappingOf(node, "'backoff'", keys, report);
  for (const key of mapping ? keys : []) {
    required(mapping!, key, "'backoff'", report);
  }
  return template(node, here);
}

function predicateName(node: Node, here: Here): string | undefined {
  const { report } = here.reading;
  const name = reference(node);
  if (name === undefined) {
    report(
      node.place,
      `'predicate' must name a function or a subworkflow, as in \${http.default_retry_predicate}, got ${shown(node)}`,
    );
    return undefined;
  }
  const parameters = checkCallee(name, here);
  if (typeof parameters === "string") {
    report(node.place, parameters);
    return undefined;
  }
  const least = parameters.filter(({ optional }) => !optional).length;
  if (parameters.length === 0 || least > 1) {
    report(node.place, `'${name}' is no predicate: it must take one parameter, the error`);
    return undefined;
  }
  return name;
}

/** `a.b` of `${a.b}`. */
function reference(node: Node): string | undefined {
  const text = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  return /^\$\{\s*([A-Za-z_][\w.]*)\s*\}$/.exec(text.trim())?.[1];
}
