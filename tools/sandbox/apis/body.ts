import { z } from "zod";

import { ApiError } from "./error";
import type { Call } from "./http";

/** A message that is passed on as it is. */
export const message = z.record(z.string(), z.unknown());

/** JSON of protocol buffers takes 32-bit integers as numbers and as strings. */
export const int32 = z
  .union([z.int32(), z.string().regex(/^-?\d+$/)])
  .transform(Number)
  .refine((value) => Math.abs(value) < 2 ** 31);

/** Reads a body; one that does not fit is refused as Google's JSON parser refuses it. */
export function readBody<T>(call: Call, schema: z.ZodType<T>): T {
  return read(parsed(call.body) ?? {}, schema);
}

function parsed(body: unknown): unknown {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : body;
  if (typeof text !== "string") {
    return text;
  }
  try {
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw new ApiError("INVALID_ARGUMENT", "Invalid JSON payload received. Parsing terminated before end of input.");
  }
}

function read<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const violations = result.error.issues.map(violation);
  throw new ApiError("INVALID_ARGUMENT", violations.map(({ description }) => description).join("\n"), [
    { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: violations },
  ]);
}

/** Sources of the two texts: answers of Google's JSON parser as issues of its client libraries quote them. */
function violation(issue: z.core.$ZodIssue): { field: string; description: string } {
  const field = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const at = field === "" ? "" : ` at '${field}'`;
    const names = issue.keys.map((key) => `Unknown name "${key}"${at}: Cannot find field.`);
    return { field, description: `Invalid JSON payload received. ${names.join(" ")}` };
  }
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return { field, description: `Required field is not set: '${field}'` };
  }
  return { field, description: `Invalid value at '${field}': ${issue.message}` };
}

/** Paths of a field mask in camel case; the mask may use either case. */
export function readMask(call: Call, allowed: readonly string[]): readonly string[] {
  const text = call.query.get("updateMask") ?? call.query.get("update_mask") ?? "";
  return checkMask(text, allowed);
}

export function checkMask(text: string, allowed: readonly string[]): readonly string[] {
  const paths = text
    .split(",")
    .filter((path) => path !== "")
    .map((path) => path.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
  if (paths.length === 0) {
    throw new ApiError("INVALID_ARGUMENT", "Required field is not set: 'update_mask'");
  }
  const unknown = paths.find((path) => !allowed.includes(path));
  if (unknown !== undefined) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      `The sandbox does not update '${unknown}': update_mask may name ${allowed.join(", ")}`,
    );
  }
  return paths;
}
