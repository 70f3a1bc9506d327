import { z } from "zod";

import { count, day, file, type FileReader, name, principal } from "./values";

const group = z.strictObject({
  share: z
    .number()
    .min(0.01)
    .max(99.99)
    .multipleOf(0.01)
    .describe("Percent of units, in steps of 0.01; the shares of all groups sum to 100"),
  service: name(20).optional().describe("Service that answers for the group"),
  model: name(20).optional().describe("Model that answers for the group"),
});

/** What answers for some units, compared with what answers for others. */
export const experimentSchema = (read: FileReader) =>
  z.strictObject({
    unit: z
      .string()
      .regex(/^[A-Za-z_]\w{0,127}$/, "must be the name of a column, such as subscriber_id")
      .describe("Column of the outcome query with what is assigned to a group, such as subscriber_id"),
    salt: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,64}$/, "must be 1 to 64 letters, digits, dots, hyphens or underscores")
      .optional()
      .describe("Text hashed with the unit: another one deals the groups anew; the experiment's name when absent"),
    groups: z.record(name(20), group).describe("What answers for whom, 2 to 10 groups by name"),
    control: name(20).describe("Group that the others are compared with"),
    start: day.describe("Day (UTC) before which exposures do not count"),
    outcome: file(read).describe(
      "BigQuery query with a row per outcome: the unit's column, outcome (a number) and occurred_at (a timestamp)",
    ),
    better: z.enum(["higher", "lower"]).default("higher").describe("Which way the outcome is better"),
    windowDays: count(1, 365).describe("Days after a unit's first exposure in which its outcomes are added up"),
    minimumUnits: count(30, 1_000_000_000)
      .default(1000)
      .describe("Units per group, their window over, below which no verdict is made"),
    recorders: z
      .array(principal)
      .default([])
      .describe("Who may record exposures, besides the services and models of the groups"),
  });

/** A team's settings of one experiment, checked and complete. */
export type ExperimentConfig = z.output<ReturnType<typeof experimentSchema>>;
