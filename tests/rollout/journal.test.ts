import type { CloudClient } from "../../tools/rollout/cloud-client";
import { readJournal } from "../../tools/rollout/journal";
import { teamNames } from "../../tools/rollout/names";

const names = teamNames({ project: "acme", region: "europe-west4" }, "churn");
const queries = "https://bigquery.googleapis.com/bigquery/v2/projects/acme/queries";

const row = (sequence: number) => ({
  f: [
    ...[
      `e-${sequence}`,
      String((1_767_600_000 + sequence) * 1e6),
      "propensity",
      "2",
      "r",
      "e",
      "churn-rollout",
      "watch",
    ],
    ...["look", null, null, "anna", null, '{"1":90,"2":10}', null],
  ].map((v) => ({ v })),
});

test("a query that takes its time is waited for, and all pages of its rows are read", async () => {
  const asked: unknown[][] = [];
  const jobReference = { projectId: "acme", jobId: "job-1", location: "europe-west4" };
  const answers = [
    { jobComplete: false, jobReference },
    { jobComplete: true, jobReference, rows: [row(3)], pageToken: "next" },
    { jobComplete: true, jobReference, rows: [row(2), row(1)] },
  ];
  const client: CloudClient = {
    call: (method, url, _, isRead) => {
      asked.push([method, url, isRead]);
      return Promise.resolve(answers.shift());
    },
    now: () => 0,
    actor: () => Promise.resolve("anna"),
  };
  const decisions = await readJournal(client, names, "propensity", 3);
  expect(decisions.map(({ decisionId }) => decisionId)).toEqual(["e-1", "e-2", "e-3"]);
  expect(decisions[0]).toMatchObject({ splitAfter: { "1": 90, "2": 10 }, evidence: null });
  expect(asked).toEqual([
    ["POST", queries, true],
    ["GET", `${queries}/job-1?timeoutMs=60000&location=europe-west4`, undefined],
    ["GET", `${queries}/job-1?timeoutMs=60000&location=europe-west4&pageToken=next`, undefined],
  ]);
});
