import { isAmong, isTrue, numberOf, textOf } from "../../../../policies/arguments";
import type { ArgumentChange } from "../../differences/argument-change";
import { ownOf } from "../own";
import { changeRule } from "../rule";
import { changeText, together } from "../wording";
import { runsPerYear } from "./runs-per-year";

/** Arguments that say when something runs, by type. */
const schedules: Readonly<Record<string, readonly string[]>> = {
  google_bigquery_data_transfer_config: ["schedule", "disabled"],
  google_cloud_scheduler_job: ["schedule", "paused"],
  google_colab_schedule: ["cron", "desired_state"],
  google_data_pipeline_pipeline: ["schedule_info.schedule", "state"],
  google_dataplex_datascan: ["execution_spec.trigger.schedule.cron"],
  google_dataplex_task: ["trigger_spec.schedule", "trigger_spec.disabled"],
};

export const runsMoreOften = changeRule({
  id: "cost/schedule",
  title: "Something runs more often",
  severity: "medium",
  why: "Each run is paid for with all that it uses: a training step with accelerators that ran each week and runs each hour costs 168 times as much, and none of its own arguments changes.",
  check: "What does a run use, and does one end before the next begins?",
  findIn: ({ type, isManaged, isChange, arguments: changed }) => {
    const names = ownOf(schedules, type) ?? [];
    const more = isManaged && isChange ? changed.filter(({ name }) => names.includes(name)) : [];
    const severities = more.map(severityOf);
    const found = more.filter((_, index) => severities[index] !== undefined);
    return found.length > 0
      ? {
          severity: severities.includes("medium") ? "medium" : "low",
          message: together(found.map(textOfChange)),
          differences: found.map(({ difference }) => difference),
        }
      : undefined;
  },
});

/** At least twice as often weighs more; so does what did not run at all. */
function severityOf({ name, before, after, isUnknown }: ArgumentChange): "medium" | "low" | undefined {
  if (isUnknown) {
    return "low";
  }
  if (/(?:^|\.)(?:disabled|paused)$/.test(name)) {
    return isTrue(before) && !isTrue(after) ? "medium" : undefined;
  }
  if (/(?:^|_)state$/.test(name)) {
    return isAmong(after, ["ACTIVE", "STATE_ACTIVE"]) ? "medium" : undefined;
  }
  const [old, next] = [before, after].map((value) => runsPerYear(textOf(value)));
  return old === undefined || next === undefined ? "low" : next >= 2 * old ? "medium" : next > old ? "low" : undefined;
}

function textOfChange(change: ArgumentChange): string {
  const [old, next] = [change.before, change.after].map((value) => runsPerYear(textOf(value)));
  const times = numberOf(next === undefined || old === undefined ? undefined : next / old);
  return times === undefined || change.isSensitive
    ? changeText(change)
    : `${changeText(change)}, ${rounded(times)} times as often`;
}

function rounded(times: number): string {
  return times >= 10 ? String(Math.round(times)) : String(Math.round(times * 10) / 10);
}
