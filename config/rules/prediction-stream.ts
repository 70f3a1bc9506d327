import { type ColumnKind, columnKinds } from "../avro-columns";
import { didYouMean, listNames } from "../nearest";
import type { Report } from "../problem";
import type { PredictionStreamConfig } from "../schema/prediction-stream";
import { entries, keyPlaceOf, type Node, type Path, placeOf } from "../source/node";
import { plural } from "../text";
import type { Rule } from "./rule";

type Feature = PredictionStreamConfig["features"][string];
type Columns = ReadonlyMap<string, ColumnKind>;

/** Where a setting of the predictions stands, and where to tell what is wrong with it. */
interface Subject {
  readonly node: Node;
  readonly path: Path;
  readonly report: Report;
}

/** Predictions are made over a stream that exists, of columns that it has, in windows that Beam can make and read again. */
export const predictionStream: Rule = ({ teams }, report) => {
  for (const { workloads, node, source } of teams) {
    const streams = entries(node, "ingestion", "streams").map(([name]) => name);
    for (const [name, { stream: settings }] of Object.entries(workloads.serving.models)) {
      if (settings === undefined) {
        continue;
      }
      const subject: Subject = { node, path: ["serving", "models", name, "stream"], report };
      checkWindow(settings, subject);
      if (!streams.includes(settings.stream)) {
        const near = didYouMean(settings.stream, streams);
        tell(
          subject,
          ["stream"],
          `must be a stream of the team, got '${settings.stream}'${near || ","} streams: ${listNames(streams, settings.stream)}`,
        );
      }
      // A stream with problems of its own is checked once they are mended.
      const stream = workloads.ingestion.streams[settings.stream];
      if (stream !== undefined) {
        checkRetention(settings, stream.retentionDays, subject);
        const schema = source(stream.schema.path);
        checkColumns(settings, schema === undefined ? new Map() : columnKinds(schema), subject);
      }
    }
  }
};

function checkWindow({ window: { type, hours, periodHours } }: PredictionStreamConfig, subject: Subject): void {
  if (type === "fixed" && periodHours !== undefined) {
    tell(subject, ["window", "periodHours"], `must not be set for 'fixed' windows: they follow each other, remove it`);
  } else if (type === "sliding" && periodHours === undefined) {
    tell(subject, ["window", "periodHours"], "is missing: 'sliding' windows need the hours between their ends");
  } else if (periodHours !== undefined && hours % periodHours !== 0) {
    tell(subject, ["window", "periodHours"], `must divide hours (${hours}), got ${periodHours}`);
  }
}

/** A job that is started again reads its windows again, and one window before them. */
function checkRetention(settings: PredictionStreamConfig, retentionDays: number, subject: Subject): void {
  const { hours, periodHours = hours } = settings.window;
  const needed = Math.ceil((hours + periodHours) / 24) + 1;
  if (retentionDays < needed) {
    const { node, report } = subject;
    report(
      placeOf(node, "ingestion", "streams", settings.stream, "retentionDays"),
      `must be at least ${needed}, got ${retentionDays}: a job that predicts over it (${subject.path.slice(0, 3).join(".")}) reads ${plural(hours + periodHours, "hour")} again when it is started, and a day is for what lies between`,
    );
  }
}

function checkColumns({ key, id, features }: PredictionStreamConfig, columns: Columns, subject: Subject): void {
  requireKind(subject, ["key"], key, columns, ["text", "whole number"]);
  if (id !== undefined) {
    requireKind(subject, ["id"], id, columns, ["text", "whole number"]);
  }
  if (Object.keys(features).length === 0) {
    tell(subject, ["features"], "must name at least one feature, got none");
  }
  for (const [name, feature] of Object.entries(features)) {
    checkFeature(feature, columns, { ...subject, path: [...subject.path, "features", name] });
  }
}

function checkFeature({ function: name, column, equals }: Feature, columns: Columns, subject: Subject): void {
  if (name !== "count" && column === undefined) {
    tell(subject, ["column"], `is missing: '${name}' is made of a column`);
  }
  if (equals !== undefined && (name !== "count" || column === undefined)) {
    tell(subject, ["equals"], "must stand beside 'function: count' and a column, whose values it is compared with");
  }
  if (column === undefined) {
    return;
  }
  const kind = requireKind(
    subject,
    ["column"],
    column,
    columns,
    name === "count" ? undefined : ["whole number", "number"],
  );
  if (kind !== undefined && equals !== undefined && name === "count" && !fits(equals, kind)) {
    tell(
      subject,
      ["equals"],
      `must be a value of column '${column}', which holds ${nouns[kind]}, got ${typeof equals}`,
    );
  }
}

const nouns: Readonly<Record<ColumnKind, string>> = {
  text: "text",
  "whole number": "whole numbers",
  number: "numbers",
  boolean: "booleans",
  other: "neither text, numbers nor booleans",
};

function fits(value: string | number | boolean, kind: ColumnKind): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "whole number":
      return Number.isInteger(value);
    case "number":
    case "boolean":
      return typeof value === kind;
    case "other":
      return false;
  }
}

/** The kind of a column; reports a column that is not there or holds something else. */
function requireKind(
  subject: Subject,
  path: Path,
  column: string,
  columns: Columns,
  allowed?: readonly ColumnKind[],
): ColumnKind | undefined {
  const kind = columns.get(column);
  const names = [...columns.keys()];
  if (kind === undefined) {
    const near = didYouMean(column, names);
    tell(
      subject,
      path,
      `must be a column of the stream, got '${column}'${near || ","} columns: ${listNames(names, column)}`,
    );
  } else if (allowed && !allowed.includes(kind)) {
    const wanted = allowed.map((each) => nouns[each]).join(" or ");
    tell(subject, path, `must be a column of ${wanted}, got '${column}', which holds ${nouns[kind]}`);
    return undefined;
  }
  return kind;
}

function tell({ node, path, report }: Subject, rest: Path, message: string): void {
  report(
    message.startsWith("must not") ? keyPlaceOf(node, ...path, ...rest) : placeOf(node, ...path, ...rest),
    message,
  );
}
