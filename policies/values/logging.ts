import { type Arguments, blocks, isGiven, isObject, isUnknown, textOf } from "../arguments";
import { anyOf, is, must, valuePolicy, where } from "../checks";
import { between, matches, oneOf } from "../expected";

export const logging = valuePolicy({
  id: "logging/arguments",
  why: "The provider plans any retention, index and destination, and metrics that extract nothing; the API refuses them (logging v2: LogBucket, LogSink, LogMetric).",
  checks: {
    google_logging_project_bucket_config: [
      must({
        retention_days: between(1, 3650),
        "index_configs.type": oneOf("INDEX_TYPE_STRING", "INDEX_TYPE_INTEGER"),
      }),
    ],
    google_logging_project_sink: [
      must({
        destination: matches(
          /^(?:logging|pubsub|bigquery|storage)\.googleapis\.com\/./,
          'a service and a resource of it, such as "storage.googleapis.com/my-bucket"',
        ),
      }),
    ],
    google_logging_metric: [
      where(is("metric_descriptor.value_type", "DISTRIBUTION"), anyOf("value_extractor")),
      extractsLabels,
    ],
  },
});

function extractsLabels(args: Arguments): readonly string[] {
  const extractors = args["label_extractors"];
  if (isUnknown(extractors)) {
    return [];
  }
  const extracted = isObject(extractors) ? Object.keys(extractors) : [];
  return blocks(args["metric_descriptor"])
    .flatMap(({ labels }) => blocks(labels))
    .filter((label) => isGiven(label, "key") && !extracted.includes(textOf(label["key"])))
    .map(({ key }) => `'label_extractors' must say where the label '${textOf(key)}' comes from: add it`);
}
