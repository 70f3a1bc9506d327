import { isAmong, isNothing, isTrue, numberOf, textOf } from "../../../../policies/arguments";
import type { Change } from "../../change";
import { changeRule } from "../rule";
import { changeText, together } from "../wording";

const leastNames = /(?:^|\.)min_(?:instance_count|instances|replica_count|node_count|nodes)$/;

export const alwaysOn = changeRule({
  id: "cost/always-on",
  title: "Something runs all the time from now on",
  severity: "medium",
  why: "What scales to zero costs nothing at night. A least number of instances, CPU that is not idled, and a streaming job are paid for around the clock.",
  check: "Is it needed around the clock, in this environment as well?",
  findIn: (change) => {
    if (change.isCreated && isStreaming(change)) {
      return { severity: "low", message: "a streaming job starts, and runs until somebody stops it" };
    }
    const found = change.isManaged && change.isChange ? change.arguments.filter(startsAlways) : [];
    return found.length > 0
      ? { message: together(found.map(changeText)), differences: found.map(({ difference }) => difference) }
      : undefined;
  },
});

function startsAlways({ name, before, after }: Change["arguments"][number]): boolean {
  return name.endsWith("cpu_idle")
    ? isTrue(before) && isAmong(after, [false])
    : leastNames.test(name) && (numberOf(before) ?? 0) === 0 && (numberOf(after) ?? 0) > 0;
}

/** Jobs with an output that never ends say so in their options, or take their input from Pub/Sub. */
function isStreaming({ type, after }: Change): boolean {
  return /^google_dataflow_(?:flex_template_)?job$/.test(type) && !isNothing(after["name"]) && !isBatch(after);
}

function isBatch(job: Change["after"]): boolean {
  const template = textOf(job["template_gcs_path"]) + textOf(job["container_spec_gcs_path"]);
  return /batch|(?:GCS|Bigquery|BigQuery|Jdbc)_(?:Text_)?to_/i.test(template) && !/stream/i.test(template);
}
