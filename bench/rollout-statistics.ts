import { sequentialBound } from "../constructs/sequential-bound";
import { naiveAlarms, sharesOf, type Trial } from "../tests/workflows/support/trials";

/* What the judgement of a rollout gets wrong by chance, and how soon it finds what is wrong. Simulated, with a seed. */

const trials = Number(process.argv[2] ?? 20_000);

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const base: Omit<Trial, "critical"> = {
  share: 50,
  looks: 5,
  lateLooks: 0,
  requests: 2_000,
  championErrors: 0.02,
  challengerErrors: 0.02,
  tolerance: 0.01,
};

const rows: string[][] = [];
for (const looks of [1, 3, 5, 10, 20]) {
  const trial = { ...base, looks, critical: sequentialBound(0.05, looks) };
  const worse = sharesOf({ ...trial, challengerErrors: 0.03 }, trials, 2);
  const twice = sharesOf({ ...trial, challengerErrors: 0.04 }, trials, 3);
  rows.push([
    `${looks}`,
    trial.critical.toFixed(3),
    percent(naiveAlarms(trial, trials, 4)),
    percent(sharesOf(trial, trials, 1).fail),
    percent(worse.pass),
    percent(twice.fail),
  ]);
}

console.log(`${trials} stages for each figure; 2 % of the old version's answers are 5xx, 2,000 requests between two looks, half each

| looks | bound | naive alarms | false rollbacks | false promotions | twice the errors found |
| ----: | ----: | -----------: | --------------: | ---------------: | ---------------------: |
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}`);
