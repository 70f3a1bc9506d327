import { readFileSync } from "node:fs";
import { join } from "node:path";

import { seenLater } from "../sandbox/rules/rule";
import type { SynthesisedStack } from "./synth";
import { whereToMend } from "./where-to-mend";

/** What cdktf notes beside every resource that it synthesises. */
interface Noted {
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

type Resources = Readonly<Record<string, Readonly<Record<string, Noted>>>>;

/**
 * Terraform's errors about a stack, each with a line that says where to mend it. Terraform draws a box around every error on a
 * terminal, and separates them by the word that they begin with elsewhere.
 */
export function withPlacesToMend(
  errors: string,
  root: string,
  environment: string,
  stack: Pick<SynthesisedStack, "name" | "folder">,
): string {
  const paths = constructPaths(stack.folder);
  const boxed = /^╷$/m.test(errors);
  return errors
    .split(boxed ? /^(?=╷$)/m : /^(?=Error: )/m)
    .map((error) => {
      const address = /^(?:│ )?\s*with (google_\w+\.[\w-]+)/m.exec(error)?.[1];
      const path = paths.get(address ?? "");
      const text = error.replace(/[│╷╵\s]+/g, " ").trim();
      const rule = /\[([a-z-]+)\]$/.exec(text)?.[1];
      const line =
        path === undefined || rule === seenLater
          ? undefined
          : whereToMend(root, { environment, stack: stack.name, path, rule, text });
      if (line === undefined) {
        return error;
      }
      return boxed ? error.replace(/^╵$/m, `│\n│ ${line}\n╵`) : `${error.trimEnd()}\n\n${line}\n\n`;
    })
    .join("")
    .trimEnd();
}

/** Construct paths within a stack by Terraform's addresses; none where the stack cannot be read. */
function constructPaths(folder: string): ReadonlyMap<string, string> {
  let resource: Resources;
  try {
    ({ resource = {} } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as { resource?: Resources });
  } catch {
    return new Map();
  }
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]): [string, string] => {
        const path = body["//"]?.metadata?.path ?? "";
        return [`${type}.${name}`, path.slice(path.indexOf("/") + 1)];
      }),
    ),
  );
}
