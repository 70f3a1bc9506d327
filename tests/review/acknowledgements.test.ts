import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { readAcknowledgements } from "../../tools/review/acknowledgements";
import { withAcknowledgements } from "../../tools/review/write-acknowledgements";

const folder = mkdtempSync(join(tmpdir(), "mlp-acknowledgements-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, "review.yaml");
const digest = "d".repeat(64);

const entry = {
  rule: "data/destroyed",
  stack: "dev-churn-ingestion",
  address: "google_bigquery_table.Raw_1A2B3C4D",
  digest,
  reason: "The table was copied to raw_v2 on Monday",
  expires: "2026-12-31",
};

function read(content: string) {
  writeFileSync(file, content);
  return readAcknowledgements(file, "2026-11-24");
}

/** What is said of a file, without its folder. */
function problems(content: string): string[] {
  try {
    read(content);
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, "").split("\n");
  }
}

test("entries are read with the line they begin in", () => {
  const content = withAcknowledgements("# Why we accept what.\n", [entry, { ...entry, stack: "prod-churn-ingestion" }]);

  expect(read(content)).toEqual([
    { ...entry, where: `${file}:4` },
    { ...entry, stack: "prod-churn-ingestion", where: `${file}:10` },
  ]);
});

test("every problem is told at once, with its place", () => {
  const content = `acknowledgements:
  - rule: Data Destroyed
    stack: dev/churn
    adress: google_bigquery_table.Raw_1A2B3C4D
    digest: 4f2a
    reason: ""
    expires: 2027-11-25
    acknowledgedBy: 7
  - rule: data/destroyed
    stack: dev-churn-ingestion
    address: google_bigquery_table.Raw_1A2B3C4D
    digest: ${digest}
    reason: The table was copied
    expires: 31.12.2026
  - { rule: data/destroyed, stack: dev-churn-ingestion, address: google_bigquery_table.Raw_1A2B3C4D, digest: ${digest} }
acknowledgement: []
`;

  expect(problems(content)).toEqual([
    "review.yaml:2:5 acknowledgements[0].address: is missing: What the finding is about: its address in the plan",
    "review.yaml:2:11 acknowledgements[0].rule: must be the id of a rule as the review shows it, such as data/destroyed, got 'Data Destroyed'",
    "review.yaml:3:12 acknowledgements[0].stack: must be the name of a stack, such as dev-churn-ingestion, got 'dev/churn'",
    "review.yaml:4:5 acknowledgements[0].adress: unknown key 'adress', did you mean 'address'? allowed: rule, stack, address, digest, reason, expires, acknowledgedBy",
    "review.yaml:5:13 acknowledgements[0].digest: must be the digest of the finding: 64 hexadecimal digits, got '4f2a'",
    "review.yaml:6:13 acknowledgements[0].reason: must say why, in at least 10 characters, got ''",
    "review.yaml:7:14 acknowledgements[0].expires: must be at most a year ahead, 2027-11-24, got 2027-11-25",
    "review.yaml:8:21 acknowledgements[0].acknowledgedBy: must be text, got the number 7: put it in quotes",
    "review.yaml:14:14 acknowledgements[1].expires: must be a day as YYYY-MM-DD, such as 2026-12-31, got '31.12.2026'",
    "review.yaml:15:5 acknowledgements[2].expires: is missing: Last day on which it is accepted, at most a year ahead",
    "review.yaml:15:5 acknowledgements[2].reason: is missing: Why it is accepted",
    "review.yaml:15:5 acknowledgements[2]: is there twice: remove this or the one in line 9",
    "review.yaml:16:1 acknowledgement: unknown key 'acknowledgement', allowed: acknowledgements",
  ]);
});

test.each([
  ["", "review.yaml:1:1: is empty: it must hold a mapping"],
  [
    "- rule: data/destroyed",
    "review.yaml:1:1: must hold a mapping at its top: write 'acknowledgements:' and indent the entries below it",
  ],
  ["acknowledgements:\n", "review.yaml:1:18 acknowledgements: is empty: write a value, or remove the key"],
  [
    "acknowledgements: [",
    "review.yaml:1:20: is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
])("%j is refused", (content, problem) => {
  expect(problems(content)).toEqual([problem]);
});

test("a file that is named must be there", () => {
  expect(() => readAcknowledgements("no/such.yaml", "2026-11-24")).toThrow(
    "no/such.yaml:1:1: cannot be read: it does not exist",
  );
});

test("what is written takes the place of what accepted another change, and leaves the rest as it is", () => {
  const before = `# yaml-language-server: $schema=config/schemas/review.json
acknowledgements:
  # Asked for by the auditors.
  - rule: access/widened
    stack: dev-foundation
    address: google_project_iam_member.Auditors
    digest: ${"a".repeat(64)}
    reason: The auditors read the logs
    expires: 2026-12-01
${withAcknowledgements("", [
  { ...entry, digest: "b".repeat(64) },
  { ...entry, digest: "c".repeat(64) },
]).replace("acknowledgements:\n", "")}`;

  const after = withAcknowledgements(before, [{ ...entry, acknowledgedBy: "Kim" }], ["c".repeat(64), digest]);

  expect(after).toContain(before.slice(0, before.indexOf("  - rule: data/destroyed")));
  const digests = (parse(after) as { acknowledgements: { digest: string }[] }).acknowledgements.map(
    (each) => each.digest[0],
  );
  expect(digests).toEqual(["a", "c", "d"]);
  expect(read(after).at(-1)).toMatchObject({ ...entry, acknowledgedBy: "Kim" });
});

test("an empty list becomes a list of blocks", () => {
  expect(withAcknowledgements("acknowledgements: []\n", [entry])).toBe(withAcknowledgements("", [entry]));
});
