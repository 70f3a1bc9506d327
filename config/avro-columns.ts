import { find, items, type Node, text } from "./source/node";

/** What a column holds, as far as predictions are concerned. */
export type ColumnKind = "text" | "whole number" | "number" | "boolean" | "other";

const kinds: Readonly<Record<string, ColumnKind>> = {
  string: "text",
  enum: "text",
  int: "whole number",
  long: "whole number",
  float: "number",
  double: "number",
  boolean: "boolean",
};

/** Columns of an AVRO record by name. Types that no column has are reported where the schema is checked. */
export function columnKinds(schema: Node): ReadonlyMap<string, ColumnKind> {
  return new Map(
    items(schema, "fields").flatMap((field): [string, ColumnKind][] => {
      const name = text(field, "name");
      return name === undefined ? [] : [[name, kindOf(find(field, ["type"]))]];
    }),
  );
}

function kindOf(type: Node | undefined): ColumnKind {
  const single = type?.kind === "list" ? type.items.find((item) => text(item) !== "null") : type;
  if (single === undefined || text(single, "logicalType") !== undefined) {
    return "other";
  }
  return kinds[text(single) ?? text(single, "type") ?? ""] ?? "other";
}
