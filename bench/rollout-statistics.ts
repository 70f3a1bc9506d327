import { sequentialBound } from "../constructs/sequential-bound";
import { endsOf, hasty, powerOf, rolledBack, usual } from "../tests/workflows/support/rollout-trials";
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

const rollouts = Math.ceil(trials / 20);

const equal = [
  [60, { errors: 0.01, p95: 200, tail: 4 }],
  [120, { errors: 0.01, p95: 200, tail: 4 }],
  [600, { errors: 0.015, p95: 200, tail: 4 }],
  [600, { errors: 0.019, p95: 200, tail: 4 }],
  [300, { errors: 0.005, p95: 200, tail: 2 }],
  [300, { errors: 0.005, p95: 200, tail: 1 }],
  [300, { errors: 0.005, p95: 450, tail: 4 }],
  [300, { errors: 0.005, p95: 450, tail: 2 }],
] as const;
const lines = equal.map(([requestsPerMinute, version]) => {
  const traffic = { requestsPerMinute, champion: version, challenger: version };
  const before = endsOf({ ...hasty, ...traffic }, Math.ceil(rollouts / 4), 5);
  const now = endsOf({ ...usual, ...traffic }, rollouts, 5);
  const { errors, p95, tail } = version;
  const ends = [now.limit, now.comparison, now.slow, rolledBack(now), now.undecided];
  return [requestsPerMinute, percent(errors), p95, tail, percent(rolledBack(before)), ...ends.map(percent)];
});

console.log(`
${rollouts} rollouts of two equal versions for each line, as declared by default

| requests/min | 5xx | p95 | tail | at first sight | limit | comparison | slow twice | rolled back | asked |
| -----------: | --: | --: | ---: | -------------: | ----: | ---------: | ---------: | ----------: | ----: |
${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}`);

const champion = { errors: 0.005, p95: 200, tail: 4 };
const worse = [1.25, 1.5, 2, 3, 5, 20].map((times) => {
  const challenger = { ...champion, errors: times * usual.limits.serverErrorRatio };
  const runs = [60, 300, 3_000].map((requestsPerMinute) =>
    powerOf({ ...usual, requestsPerMinute, champion, challenger }, Math.ceil(rollouts / 4), 6),
  );
  return [times, ...runs.map(({ share, minutes, answers }) => `${percent(share)}, ${minutes} min, ${answers}`)];
});

console.log(`
How soon a version that breaks the limit is back: share, half of them within, answers until then

| times the limit | 60 requests/min | 300 requests/min | 3,000 requests/min |
| --------------: | --------------- | ---------------- | ------------------ |
${worse.map((line) => `| ${line.join(" | ")} |`).join("\n")}`);
