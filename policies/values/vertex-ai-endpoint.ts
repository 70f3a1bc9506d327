import { isUnknown, show } from "../arguments";
import { apart, must, valuePolicy } from "../checks";
import { above, matches } from "../expected";

export const vertexAiEndpoint = valuePolicy({
  id: "vertex-ai/endpoint-arguments",
  why: "The provider takes its host from 'region' and the path from 'location', and plans any logging; the API refuses what does not fit (aiplatform v1, Endpoint).",
  checks: {
    google_vertex_ai_endpoint: [
      ({ region, location }) =>
        region === location || isUnknown(region) || isUnknown(location)
          ? []
          : [
              `'region' must be the same as 'location', ${show(location)}: requests go to the region's host, got ${show(region)}`,
            ],
      must({
        "predict_request_response_logging_config.sampling_rate": above(0, 1),
        "predict_request_response_logging_config.bigquery_destination.output_uri": matches(
          /^bq:\/\/[^./]+(?:\.[^./]+){0,2}$/,
          "a table of BigQuery, such as bq://project.dataset.table",
        ),
      }),
      apart("dedicated_endpoint_enabled", "network", "a dedicated endpoint is not in a peered network"),
    ],
  },
});
