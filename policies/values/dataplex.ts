import { anyOf, must, valuePolicy, within, exactlyOne } from "../checks";
import { above, oneOf, type Expected } from "../expected";
import { isCronInZone } from "../schedule";

const expectations = [
  ...["non_null", "range", "regex", "set", "uniqueness", "statistic_range", "row_condition", "table_condition"].map(
    (kind) => `${kind}_expectation`,
  ),
  "sql_assertion",
];
const cron: Expected = { text: 'a cron schedule, such as "TZ=Europe/Amsterdam 0 3 * * 1"', accepts: isCronInZone };

export const dataplex = valuePolicy({
  id: "dataplex/arguments",
  why: "The provider plans zones, assets and scans of no kind; the API refuses them (dataplex v1: Zone, Asset, DataQualityRule).",
  checks: {
    google_dataplex_zone: [must({ type: oneOf("RAW", "CURATED"), "discovery_spec.schedule": cron })],
    google_dataplex_asset: [
      must({ "resource_spec.type": oneOf("STORAGE_BUCKET", "BIGQUERY_DATASET"), "discovery_spec.schedule": cron }),
    ],
    google_dataplex_datascan: [
      within("data_quality_spec", anyOf("rules"), must({ sampling_percent: above(0, 100) })),
      within("data_quality_spec.rules", exactlyOne(...expectations)),
      must({ "execution_spec.trigger.schedule.cron": cron }),
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
