import { type Arguments, blocks, isGiven, isObject, isTrue, isUnknown, parseJson, show, textOf } from "../arguments";
import { atMostOne, must, refuse, valuePolicy, where } from "../checks";
import { matches, oneOf, required } from "../expected";
import { isScheduleInWords } from "../schedule";

const types =
  "STRING BYTES INTEGER INT64 FLOAT FLOAT64 NUMERIC BIGNUMERIC BOOLEAN BOOL TIMESTAMP DATE TIME DATETIME GEOGRAPHY JSON INTERVAL RANGE RECORD STRUCT";
const columnTypes = new Set(types.split(" "));
const columnModes = ["NULLABLE", "REQUIRED", "REPEATED"];
const secretParameter = /secret|password|private_key|api_key|access_token/i;

export const bigquery = valuePolicy({
  id: "bigquery/arguments",
  why: "The provider reads a schema only as JSON and compares few arguments; the API refuses the rest (bigquery v2: datasets, tables, routines; schedule format of transfers).",
  checks: {
    google_bigquery_dataset: [
      must({
        max_time_travel_hours: oneOf("48", "72", "96", "120", "144", "168"),
        storage_billing_model: oneOf("LOGICAL", "PHYSICAL", "STORAGE_BILLING_MODEL_UNSPECIFIED"),
      }),
    ],
    google_bigquery_table: [
      schema,
      atMostOne("time_partitioning", "range_partitioning"),
      atMostOne("view", "materialized_view", "external_data_configuration"),
      refuse(
        (args) =>
          isTrue(args["require_partition_filter"]) &&
          ["time_partitioning", "range_partitioning", "external_data_configuration"].every((path) => !args[path]),
        "'require_partition_filter' needs partitions: set 'time_partitioning' or 'range_partitioning'",
      ),
    ],
    google_bigquery_routine: [
      must({ routine_id: matches(/^\w{1,256}$/, "letters, digits and underscores, at most 256") }),
      where(
        (args) => !args["remote_function_options"] && !args["spark_options"],
        must({ language: required(oneOf("SQL", "JAVASCRIPT", "PYTHON", "JAVA", "SCALA")) }),
      ),
    ],
    google_bigquery_data_transfer_config: [
      where(
        (args) => isGiven(args, "schedule"),
        must({
          schedule: { text: 'a schedule in words, such as "every day 03:30"', accepts: isScheduleInWords },
        }),
      ),
      secretInParameters,
    ],
  },
});

function schema(args: Arguments): readonly string[] {
  const text = args["schema"];
  const columns = isUnknown(text) ? undefined : parseJson(text);
  return Array.isArray(columns)
    ? [
        ...(columns.every((column) => isObject(column) && isGiven(column, "name"))
          ? []
          : ["every column of 'schema' must be an object with a 'name'"]),
        ...wrongColumns(columns, ""),
      ]
    : [];
}

function wrongColumns(columns: readonly unknown[], parent: string): string[] {
  const seen = new Set<string>();
  return columns.filter(isObject).flatMap(({ name, type, mode = "NULLABLE", fields }) => {
    const column = `column ${show(`${parent}${textOf(name)}`)} of 'schema'`;
    const twice = seen.has(textOf(name).toLowerCase());
    seen.add(textOf(name).toLowerCase());
    const kind = textOf(type).replace(/\(.*$/, "").toUpperCase();
    return [
      ...(twice ? [`${column} must have a name of its own, also in lower case`] : []),
      ...(columnTypes.has(kind)
        ? []
        : [`the type of ${column} must be one of BigQuery's, such as "STRING", got ${show(type)}`]),
      ...(columnModes.includes(textOf(mode).toUpperCase())
        ? []
        : [`the mode of ${column} must be one of ${columnModes.join(", ")}, got ${show(mode)}`]),
      ...(Array.isArray(fields) && parent.split(".").length < 16
        ? wrongColumns(fields, `${parent}${textOf(name)}.`)
        : []),
    ];
  });
}

function secretInParameters({ params }: Arguments): readonly string[] {
  const names = blocks(params).flatMap((block) => Object.keys(block));
  return names
    .filter((name) => secretParameter.test(name))
    .map((name) => `'params.${name}' must not be set, since plans show it: use 'sensitive_params'`);
}
