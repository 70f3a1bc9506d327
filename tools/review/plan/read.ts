import { readFileSync } from "node:fs";

import { UserError } from "../../cli/user-error";
import { decodePlan } from "./decode";
import type { Plan } from "./plan";

/** What may stand before the JSON, in bytes. */
const longestPreamble = 2_000;

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

/** What runs Terraform in a workflow may print lines before the JSON. */
function parse(source: string, content: Buffer): unknown {
  const start = content.indexOf("{");
  if (content.length === 0 || start < 0) {
    throw new UserError(
      `${source} is ${content.length === 0 ? "empty" : "not JSON"}: it must be what 'terraform show -json PLANFILE' prints`,
    );
  }
  try {
    return JSON.parse(content.toString("utf8", startsWithBrace(content, start) ? start : 0)) as unknown;
  } catch (error) {
    throw new UserError(
      `${source} is not whole: ${reason(error as Error)}; print it again with 'terraform show -json PLANFILE'`,
    );
  }
}

/** Whether what stands before the first brace is a few lines, not the beginning of another JSON value. */
function startsWithBrace(content: Buffer, start: number): boolean {
  return start < longestPreamble && !/^\s*[["\d]/.test(content.subarray(0, start).toString());
}

/** The engine quotes the text it fails on, which may be a secret: only the place is told. */
function reason({ message }: Error): string {
  const place = /position \d+/.exec(message)?.[0];
  return message.startsWith("Unexpected end") || message.startsWith("Unterminated")
    ? "the JSON ends too early"
    : `the JSON is broken${place ? ` at ${place}` : ""}`;
}
