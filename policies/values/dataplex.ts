import { anyOf, must, valuePolicy, within } from "../checks";
import { above, oneOf } from "../expected";

export const dataplex = valuePolicy({
  id: "dataplex/arguments",
  why: "The provider plans zones, assets and scans of no kind; the API refuses them (dataplex v1: Zone, Asset, DataQualityRule).",
  checks: {
    google_dataplex_zone: [must({ type: oneOf("RAW", "CURATED") })],
    google_dataplex_asset: [must({ "resource_spec.type": oneOf("STORAGE_BUCKET", "BIGQUERY_DATASET") })],
    google_dataplex_datascan: [
      within("data_quality_spec", anyOf("rules"), must({ sampling_percent: above(0, 100) })),
      within("data_profile_spec", must({ sampling_percent: above(0, 100) })),
      must({
        "data_quality_spec.rules.dimension": oneOf(
          "COMPLETENESS",
          "ACCURACY",
          "CONSISTENCY",
          "VALIDITY",
          "UNIQUENESS",
          "INTEGRITY",
          "FRESHNESS",
          "TIMELINESS",
          "VOLUME",
        ),
      }),
    ],
  },
});
