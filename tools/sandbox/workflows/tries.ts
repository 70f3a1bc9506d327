import type { Entry, MappingNode } from "../../../config/source/node";
import type { Action } from "./program";
import { type Here, mappingOf, required, variableOf } from "./reading";
import { readRetry } from "./retry";
import { readBody, readSteps } from "./steps";

/** `try` with `retry` and `except`: cloud.google.com/workflows/docs/reference/syntax/catching-errors */
export function readTry(entry: Entry, mapping: MappingNode, here: Here): Action {
  const { report } = here.reading;
  const [retry, except] = [mapping.entries.get("retry"), mapping.entries.get("except")];
  if (!retry && !except) {
    report(entry.key, "'try' must have 'retry' or 'except' beside it");
  }
  if (entry.value.kind === "mapping" && entry.value.entries.has("for")) {
    report(
      entry.value.entries.get("for")!.key,
      "'for' directly inside of 'try' fails when the service deploys it: put it into a step under 'steps'",
    );
  }
  const handler = except && mappingOf(except.value, "'except'", ["as", "steps"], report);
  const as = handler && required(handler, "as", "'except'", report);
  const variable = as && variableOf(as, "'as'", report);
  const names = here.names.inside();
  if (variable !== undefined) {
    names.declare(variable);
  }
  const read = retry && readRetry(retry, here);
  return {
    kind: "try",
    body: readBody(entry.value, entry.key, here),
    ...(read ? { retry: read } : {}),
    ...(handler && variable !== undefined
      ? {
          except: {
            variable,
            list: readSteps(required(handler, "steps", "'except'", report), { ...here, names }),
          },
        }
      : {}),
  };
}
