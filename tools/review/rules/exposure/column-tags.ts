import type { Change } from "../../change";
import { changeRule, type Hit } from "../rule";
import { hitOf, worseIn, type Watched } from "../watch-rule";
import { together } from "../wording";
import { isChanged, lacks } from "../worse";
import { tagsOf } from "./tagged-columns";

type Found = Omit<Hit, "address">;

/** What tags mean, by type, and what it is called. */
const meanings: Readonly<Record<string, readonly [what: string, watched: Watched]>> = {
  google_bigquery_datapolicy_data_policy: [
    "the masking of a tag's columns",
    {
      "data_masking_policy.predefined_expression": isChanged,
      "data_masking_policy.routine": isChanged,
      policy_tag: isChanged,
    },
  ],
  google_data_catalog_policy_tag: ["a tag of columns", {}],
  google_data_catalog_taxonomy: ["a taxonomy, with all its tags of columns,", { activated_policy_types: lacks }],
};

export const columnTags = changeRule({
  id: "exposure/column-tags",
  title: "Columns are guarded less",
  severity: "high",
  why: "A policy tag is what keeps a column from those who may read its table, and a data policy what shows it to them masked (BigQuery documentation, 'Introduction to column-level access control'). Without the tag they read it in clear.",
  check: "Does the column hold data on people, and who may read the table?",
  findIn: (change) => {
    if (!change.isManaged) {
      return undefined;
    }
    if (change.type === "google_bigquery_table") {
      return change.isChange ? inTable(change) : undefined;
    }
    const [what, watched] = Object.hasOwn(meanings, change.type) ? meanings[change.type]! : [];
    if (watched === undefined) {
      return undefined;
    }
    return change.isDestroyed
      ? {
          message: `${what} is destroyed${change.isReplaced ? ", and another one is made" : ""}`,
          differences: change.replacing,
        }
      : change.isChange
        ? hitOf(worseIn(change, watched), () => "high")
        : undefined;
  },
});

/** A column that goes has nothing to guard; one that stays must have the tags that it had. */
function inTable(change: Change): Found | undefined {
  const before = [...(tagsOf(change.before) ?? [])].filter(([, tags]) => tags.length > 0);
  const differences = change.of("schema");
  if (before.length === 0 || differences.length === 0) {
    return undefined;
  }
  const after = tagsOf(change.after);
  if (after === undefined) {
    return {
      severity: "medium",
      message: "it has columns with tags, and its schema is known after apply only",
      differences,
    };
  }
  const lost = before.filter(
    ([column, tags]) => after.has(column) && tags.some((tag) => !after.get(column)!.includes(tag)),
  );
  const isHidden = differences.some(({ isSensitive }) => isSensitive);
  const texts = lost.map(([column]) =>
    isHidden
      ? "a column loses a tag"
      : `the column '${column}' ${after.get(column)!.length > 0 ? "has other tags" : "has no tag any longer"}`,
  );
  return lost.length > 0 ? { message: together(texts), differences } : undefined;
}
