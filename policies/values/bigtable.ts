import { parseJson, textOf } from "../arguments";
import { apart, must, valuePolicy, within } from "../checks";

const aggregates = ["intsum", "intmin", "intmax", "inthll"];

export const bigtable = valuePolicy({
  id: "bigtable/arguments",
  why: "The API takes either a number of nodes or limits for them, and a type that is no JSON makes provider 6.50 crash at plan (bigtable admin v2: Cluster, Type).",
  checks: {
    google_bigtable_instance: [within("cluster", apart("num_nodes", "autoscaling_config"))],
    google_bigtable_table: [
      must({
        "column_family.type": {
          text: `one of ${aggregates.join(", ")}, or a type as JSON`,
          accepts: (value) => aggregates.includes(textOf(value)) || typeof parseJson(value) === "object",
        },
      }),
    ],
  },
});
