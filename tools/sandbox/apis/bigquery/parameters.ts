import { z } from "zod";

import { ReasonError } from "../error";

const scalarType = z.strictObject({ type: z.string() });

/** Source: message QueryParameter of BigQuery's REST API. Structs are not taken. */
export const queryParameter = z.strictObject({
  name: z.string().optional(),
  parameterType: z.strictObject({ type: z.string(), arrayType: scalarType.optional() }),
  parameterValue: z.strictObject({
    value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
    arrayValues: z
      .array(z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]).nullish() }))
      .optional(),
  }),
});

export type QueryParameter = z.infer<typeof queryParameter>;

/** A parameter written out as GoogleSQL, by name or by position. */
export function parameterLiteral(parameters: readonly QueryParameter[], key: string | number): string {
  const found =
    typeof key === "number"
      ? parameters[key]
      : parameters.find(({ name }) => name?.toLowerCase() === key.toLowerCase());
  if (!found) {
    const text =
      typeof key === "number" ? `Query parameter number ${key + 1} is not set` : `Query parameter '${key}' not found`;
    throw new ReasonError(400, "invalidQuery", text);
  }
  const { parameterType, parameterValue } = found;
  if (parameterType.type !== "ARRAY") {
    return literal(parameterType.type, parameterValue.value);
  }
  const element = parameterType.arrayType?.type ?? "STRING";
  return `[${(parameterValue.arrayValues ?? []).map(({ value }) => literal(element, value)).join(", ")}]`;
}

function literal(type: string, value: string | number | boolean | null | undefined): string {
  const castTypes = ["STRING", "INT64", "FLOAT64", "NUMERIC", "BOOL", "TIMESTAMP", "DATE", "DATETIME"];
  if (!castTypes.includes(type)) {
    throw new ReasonError(
      400,
      "invalidQuery",
      `The sandbox takes parameters of the types ${castTypes.join(", ")}, got ${type}`,
    );
  }
  if (value === null || value === undefined) {
    return `CAST(NULL AS ${type})`;
  }
  const quoted = `'${String(value).replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/\n/g, "\\n")}'`;
  return type === "STRING" ? quoted : `CAST(${quoted} AS ${type})`;
}
