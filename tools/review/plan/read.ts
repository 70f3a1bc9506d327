import { readFileSync } from "node:fs";

import { UserError } from "../../cli/user-error";
import { jsonProblem } from "../../delivery/json-problem";
import { decodePlan } from "./decode";
import type { Plan } from "./plan";

/** What may stand before the JSON, in characters. */
const longestPreamble = 2_000;

const whatItMustBe = "it must be what 'terraform show -json PLANFILE' prints";

/** A plan file is a zip archive. */
export function isPlanFile(content: Buffer): boolean {
  return content.subarray(0, 4).toString("latin1") === "PK\u0003\u0004";
}

/** Reads what `terraform show -json` printed. Throws a `UserError` for what is no plan. */
export function readPlanJson(source: string, content: Buffer): Plan {
  return decodePlan(source, parse(source, content));
}

/** Reads a file that may be missing. Throws a `UserError` for one that cannot be read. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      return undefined;
    }
    throw new UserError(`${file} cannot be read: ${code === "EISDIR" ? "it is a folder" : message}`);
  }
}

/** What runs Terraform in a workflow may print lines before the JSON, and PowerShell writes UTF-16. */
function parse(source: string, content: Buffer): unknown {
  if (content.length === 0) {
    throw new UserError(`${source} is empty: ${whatItMustBe}`);
  }
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  const text = isUtf16 ? content.toString("utf16le", 2) : content.toString("utf8");
  const start = startOf(text);
  if (start === undefined) {
    throw new UserError(`${source} is not JSON: ${whatItMustBe}`);
  }
  try {
    return JSON.parse(start === 0 ? text : text.slice(start)) as unknown;
  } catch (error) {
    throw new UserError(
      `${source} is not whole: ${jsonProblem(error)}; print it again with 'terraform show -json PLANFILE'`,
    );
  }
}

/** Where the JSON begins: at a brace that begins a line, or at a value of another kind, which is no plan. */
function startOf(text: string): number | undefined {
  const head = text.slice(0, longestPreamble);
  const object = /^[\s\uFEFF]*\{/m.exec(head);
  const before = object ? head.slice(0, object.index) : head;
  const isOther = /^[\s\uFEFF]*(?:["\d]|\[(?=\s*(?:$|["\d{[\]])))/.test(before);
  if (isOther) {
    return text.startsWith("\uFEFF") ? 1 : 0;
  }
  return object ? object.index + object[0].length - 1 : undefined;
}
