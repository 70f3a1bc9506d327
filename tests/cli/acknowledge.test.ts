import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Outside of any project: plans of other tools are reviewed there. */
const folder = mkdtempSync(join(tmpdir(), "mlp-acknowledge-"));
afterAll(() => rmSync(folder, { recursive: true }));

function mlp(...args: string[]): Promise<{ code: number; output: string }> {
  const program = join(__dirname, "../../tools/cli/mlp.js");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

function plan(file: string, ...actions: string[]): void {
  const before = { dataset_id: "raw" };
  const change = { actions, before, after: actions.includes("create") ? before : null };
  const dataset = {
    address: "google_bigquery_dataset.raw",
    mode: "managed",
    type: "google_bigquery_dataset",
    name: "raw",
    change,
  };
  writeFileSync(
    join(folder, file),
    JSON.stringify({ format_version: "1.2", resource_changes: [dataset], complete: true }),
  );
}

const day = (daysAhead: number) => new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
const subject = ["data/destroyed", "google_bigquery_dataset.raw"];
const why = ["--reason", "Nobody reads it since May", "--expires", day(30)];

test("a finding is accepted from the review of a pull request, and opens again where the change is another", async () => {
  plan("data.json", "delete");
  expect(await mlp("review", "data.json", "--json", "review.json")).toMatchObject({ code: 3 });

  expect(await mlp("acknowledge", ...subject, ...why, "--by", "Kim", "--review", "review.json")).toEqual({
    code: 0,
    output: "1 acknowledgement written to review.yaml, to be committed with the change\n",
  });
  const { findings } = JSON.parse(readFileSync(join(folder, "review.json"), "utf8")) as {
    findings: { digest: string }[];
  };
  expect(readFileSync(join(folder, "review.yaml"), "utf8")).toBe(`acknowledgements:
  - rule: data/destroyed
    stack: data
    address: google_bigquery_dataset.raw
    digest: ${findings[0]!.digest}
    reason: Nobody reads it since May
    expires: ${day(30)}
    acknowledgedBy: Kim
`);
  expect(await mlp("review", "data.json")).toMatchObject({ code: 2 });
  expect(await mlp("review", "data.json", "--fail-on", "none", "--acknowledgements", "none.yaml")).toEqual({
    code: 1,
    output: "none.yaml:1:1: cannot be read: it does not exist\n",
  });

  plan("data.json", "delete", "create");
  const changed = await mlp("review", "data.json", "--json", "review.json");
  expect(changed.code).toBe(3);
  expect(readFileSync(join(folder, "review.json"), "utf8")).toContain("acknowledgement/changed");
  expect(await mlp("acknowledge", ...subject, ...why, "--plans", "data.json")).toMatchObject({ code: 0 });
  expect(await mlp("review", "data.json")).toMatchObject({ code: 2 });
  expect(readFileSync(join(folder, "review.yaml"), "utf8").match(/rule:/g)).toHaveLength(1);
});

test("what cannot be accepted is refused with what can be, and nothing is written", async () => {
  plan("one.json", "delete");
  plan("two.json", "delete");
  const file = ["--acknowledgements", "other.yaml"];
  const plans = ["--plans", "one.json", "two.json"];

  expect(await mlp("acknowledge", ...subject, ...why, ...plans, ...file)).toEqual({
    code: 1,
    output:
      "data/destroyed is found at 'google_bigquery_dataset.raw' in several stacks: add --stack with one of one, two\n",
  });
  expect(await mlp("acknowledge", "data/destroyed", "raw", ...why, ...plans, ...file)).toEqual({
    code: 1,
    output: `no open finding of 'data/destroyed' at 'raw':
  data/destroyed google_bigquery_dataset.raw (one)
  data/destroyed google_bigquery_dataset.raw (two)
`,
  });
  expect(await mlp("acknowledge", ...subject, "--reason", "ok", "--expires", day(400), ...plans, ...file)).toEqual({
    code: 1,
    output: expect.stringMatching(
      /^--reason must say why, in at least 10 characters, got 'ok'\n--expires must be a day from \S+ to \S+, a year ahead, got \S+\n$/,
    ),
  });
  expect(await mlp("acknowledge", ...subject, ...why, "--review", "one.json", ...file)).toEqual({
    code: 1,
    output: "one.json must be what 'mlp review --json' wrote, in format 1\n",
  });
  expect(() => readFileSync(join(folder, "other.yaml"))).toThrow("ENOENT");
});
