import { listOf, numberOf, textOf } from "../arguments";
import { is, must, never, valuePolicy, where } from "../checks";
import { type Expected, day, seconds } from "../expected";
import { isCron } from "../schedule";

const processingUnits: Expected = {
  text: "hundreds up to 1000, and thousands from there",
  accepts: (value) => {
    const units = numberOf(value) ?? NaN;
    return units >= 100 && units % (units < 1000 ? 100 : 1000) === 0;
  },
};
const hours: Readonly<Record<string, number>> = { s: 1 / 3600, m: 1 / 60, h: 1, d: 24 };
const retention: Expected = {
  text: 'one hour to seven days, such as "3d"',
  accepts: (value) => {
    const [, count, unit] = /^(\d+)([smhd])$/.exec(textOf(value)) ?? [];
    const length = Number(count) * (hours[unit ?? ""] ?? NaN);
    return length >= 1 && length <= 168;
  },
};

const cron: Expected = { text: 'a cron schedule of five fields, such as "0 2 * * *"', accepts: isCron };

export const spanner = valuePolicy({
  id: "spanner/arguments",
  why: "The provider plans any size and retention; the API refuses them (spanner admin v1: Instance, Database).",
  checks: {
    google_spanner_instance: [
      // Plans write 0 where the other unit is used.
      where(
        ({ processing_units: units }) => listOf(units).length > 0 && units !== 0,
        must({ processing_units: processingUnits }),
      ),
      where(is("edition", "STANDARD"), never("autoscaling_config", "it needs the edition ENTERPRISE")),
    ],
    google_spanner_database: [
      must({ version_retention_period: retention }),
      (args) =>
        listOf(args["ddl"]).some((statement) => typeof statement === "string" && statement.trim() === "")
          ? ["'ddl' must be a list of statements, got an empty one"]
          : [],
    ],
    google_spanner_backup_schedule: [must({ retention_duration: seconds(0, 366 * day), "spec.cron_spec.text": cron })],
  },
});
