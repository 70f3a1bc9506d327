import { requireMapping } from "../check";
import { didYouMean, listNames } from "../nearest";
import type { Place, Report } from "../problem";
import { find, items, keyPlaceOf, type Node, placeOf, text } from "../source/node";
import type { Rule } from "./rule";

const primitives: readonly string[] = ["string", "int", "long", "float", "double", "boolean", "bytes"];

/** Logical types with the type they refine. */
const logical: Readonly<Record<string, string>> = {
  "timestamp-micros": "long",
  date: "int",
};

/** Columns that a BigQuery subscription with metadata writes besides those of the message. */
const metadataColumns: readonly string[] = ["subscription_name", "message_id", "publish_time", "attributes"];

/** A stream's schema is an AVRO record whose fields can be columns of a BigQuery table. */
export const streamSchema: Rule = ({ teams }, report) => {
  for (const { workloads, node, source } of teams) {
    for (const [name, { schema }] of Object.entries(workloads.ingestion.streams)) {
      const content = source(schema.path);
      if (content === undefined) {
        report(
          placeOf(node, "ingestion", "streams", name, "schema"),
          `must be an .avsc or .json file, got '${schema.path.split("/").at(-1)}'`,
        );
      } else {
        checkRecord(content, report);
      }
    }
  }
};

function checkRecord(schema: Node, report: Report): void {
  if (!requireMapping(schema, report)) {
    return;
  }
  if (text(schema, "type") !== "record") {
    report(
      placeOf(schema, "type"),
      `must be 'record', got ${found(find(schema, ["type"]))}: a message is a record with fields`,
    );
    return;
  }
  if (text(schema, "name") === undefined) {
    report(placeOf(schema, "name"), "is missing: the record's name");
  }
  const fields = items(schema, "fields");
  if (fields.length === 0) {
    report(placeOf(schema, "fields"), "must be a list with at least one field, got none");
  }
  const names = new Map<string, Place>();
  for (const field of fields) {
    checkName(field, names, report);
    checkType(field, report);
  }
}

function checkName(field: Node, names: Map<string, Place>, report: Report): void {
  const name = text(field, "name");
  const place = placeOf(field, "name");
  if (name === undefined || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    report(
      place,
      `must be a name of letters, digits and '_', not starting with a digit, got ${found(find(field, ["name"]))}`,
    );
    return;
  }
  if (metadataColumns.includes(name.toLowerCase())) {
    report(
      place,
      `must not be one of ${metadataColumns.join(", ")}, got '${name}': Pub/Sub adds a column of that name to the table`,
    );
    return;
  }
  // BigQuery does not tell columns apart by case.
  const earlier = names.get(name.toLowerCase());
  if (earlier) {
    report(
      place,
      `must be a name of its own, got '${name}' as in line ${earlier.line}: columns differ by more than case`,
    );
  } else {
    names.set(name.toLowerCase(), place);
  }
}

function checkType(field: Node, report: Report): void {
  const type = find(field, ["type"]);
  if (type === undefined) {
    report(placeOf(field, "type"), "is missing: the field's type");
    return;
  }
  const place = keyPlaceOf(field, "type");
  if (type.kind !== "list") {
    checkSingle(type, type.kind === "scalar" ? type.place : place, report);
    return;
  }
  const others = type.items.filter((item) => text(item) !== "null");
  if (others.length !== 1 || type.items.length > 2) {
    const shown = type.items.map((item) => text(item) ?? text(item, "type") ?? "another type").join(", ");
    report(type.place, `must be a union of null and one type, got ${shown}: a column has one type`);
    return;
  }
  checkSingle(others[0]!, others[0]!.place, report);
}

function checkSingle(type: Node, place: Place, report: Report): void {
  const name = text(type) ?? text(type, "type");
  const refinement = text(type, "logicalType");
  const supported = [...primitives, "enum", ...Object.keys(logical)];
  if (refinement !== undefined) {
    const base = Object.hasOwn(logical, refinement) ? logical[refinement] : undefined;
    const at = placeOf(type, "logicalType");
    if (base === undefined) {
      report(
        at,
        `must be one of ${Object.keys(logical).join(", ")}, got '${refinement}'${didYouMean(refinement, Object.keys(logical))}`,
      );
    } else if (base !== name) {
      report(
        at,
        `must stand on type '${base}', got '${refinement}' on ${name === undefined ? "no type" : `'${name}'`}`,
      );
    }
  } else if (name === "enum" && type.kind === "mapping") {
    if (items(type, "symbols").length === 0) {
      report(placeOf(type, "symbols"), "must be a list with at least one symbol, got none");
    }
  } else if (name === undefined || !primitives.includes(name)) {
    const got = name === undefined ? found(type) : `'${name}'`;
    report(
      place,
      `must be a type that fits a column, got ${got}${name === undefined ? "," : didYouMean(name, supported) || ","} allowed: ${listNames(supported)}`,
    );
  }
}

function found(node: Node | undefined): string {
  if (node === undefined) {
    return "nothing";
  }
  return node.kind === "scalar" ? `'${node.source}'` : `a ${node.kind}`;
}
