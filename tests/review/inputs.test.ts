import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { UserError } from "../../tools/cli/user-error";
import { sha256 } from "../../tools/delivery/digest";
import { readInputs } from "../../tools/review/inputs";
import type { Review } from "../../tools/review/review";
import { changeJson, planJson } from "./support/plan-json";

const folder = mkdtempSync(join(tmpdir(), "mlp-review-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = "hunter2-of-the-file";
const whole = JSON.stringify(planJson([changeJson({ actions: ["no-op"] })]));

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

interface Ended {
  readonly code: number | null;
  readonly text: string;
  /** `name: status: error` of every stack, without the folder of this test. */
  readonly stacks: readonly string[];
  readonly outcome: string | undefined;
}

/** Runs `mlp review`, as a user does. */
function review(paths: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
  const json = join(folder, "review.json");
  rmSync(json, { force: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, "../../tools/cli/mlp.js"), "review", ...paths, "--json", json],
    { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } },
  );
  const text = (stdout + stderr).replaceAll(`${folder}/`, "");
  let reviewed: Review | undefined;
  try {
    reviewed = JSON.parse(readFileSync(json, "utf8")) as Review;
  } catch {
    reviewed = undefined;
  }
  const stacks = (reviewed?.stacks ?? []).map(({ name, status, error }) =>
    [name, status, ...(error === null ? [] : [error.replaceAll(`${folder}/`, "")])].join(": "),
  );
  return { code: status, text, stacks, outcome: reviewed?.outcome };
}

test("what cannot be read is a stack that failed, with the reason; the others are reviewed", () => {
  const must = "it must be what 'terraform show -json PLANFILE' prints";
  const again = "print it again with 'terraform show -json PLANFILE'";
  const noPlan = "it must be a JSON object with 'format_version', as 'terraform show -json' prints it";
  const expected: Readonly<Record<string, readonly [string | Buffer, string]>> = {
    "byte-order-mark": [`\uFEFF${whole}`, "planned"],
    "with-lines-before": [`[command]/usr/bin/terraform show -json plan\nsome { text\n${whole}`, "planned"],
    "utf-16": [Buffer.from(`\uFEFF${whole}`, "utf16le"), "planned"],
    pretty: [JSON.stringify(JSON.parse(whole), null, 2), "planned"],
    cut: [whole.slice(0, -20), `failed: cut.json is not whole: the JSON ends too early; ${again}`],
    "cut-in-text": [
      `{"format_version": "1.2", "x": "${secret}`,
      `failed: cut-in-text.json is not whole: the JSON ends too early; ${again}`,
    ],
    empty: ["", `failed: empty.json is empty: ${must}`],
    spaces: [" \n ", `failed: spaces.json is not JSON: ${must}`],
    text: [`Error: ${secret}`, `failed: text.json is not JSON: ${must}`],
    broken: [`{"a": ${secret}}`, `failed: broken.json is not whole: the JSON is broken; ${again}`],
    list: [`[${whole}]`, `failed: list.json is not a Terraform plan: ${noPlan}`],
    two: [
      `${whole}\n${whole}`,
      expect.stringMatching(/^failed: two.json is not whole: the JSON is broken at position \d+;/) as string,
    ],
    "other-version": [
      JSON.stringify(planJson([], { format_version: "2.0" })),
      "failed: other-version.json has format 2.0 of Terraform's plan: only 1.x can be read; review it with a newer version of this tool",
    ],
  };
  const files = Object.entries(expected).map(([name, [content]]) => write(`${name}.json`, content));
  const { code, text, stacks, outcome } = review([...files, join(folder, "none.json"), join(folder, "text.json", "x")]);
  expect(stacks).toEqual([
    ...Object.entries(expected).map(([name, [, said]]) =>
      typeof said === "string"
        ? `${name}: ${said}`
        : (expect.stringMatching(/^two: failed: two.json is not whole: the JSON is broken at position \d+;/) as string),
    ),
    "none: missing: there is no none.json: the plan was not made, or failed",
    "x: failed: text.json/x cannot be read: ENOTDIR: not a directory, open 'text.json/x'",
  ]);
  expect([code, outcome]).toEqual([1, "failed"]);
  expect(text).not.toContain(secret);
  expect(text).not.toMatch(/^\s+at /m);
});

/** What is said of inputs that cannot be reviewed at all. */
async function refusal(path: string, ...others: readonly string[]): Promise<string> {
  try {
    await readInputs([path, ...others], () => Promise.reject(new Error("no plan file")));
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as Error).message.replaceAll(`${folder}/`, "");
  }
  return "reviewed";
}

test("an archive that is no plan is what Terraform says of it", () => {
  const { code, stacks, text } = review([write("archive.tfplan", `PK\u0003\u0004${secret}`)]);
  expect(code).toBe(1);
  expect(stacks).toEqual([
    expect.stringMatching(/^archive: failed: archive.tfplan cannot be shown: [^]*zip: not a valid zip file/),
  ]);
  expect(text).not.toContain(secret);
  expect(text).not.toMatch(/^\s+at /m);
});

test("two plans of one stack are refused", async () => {
  expect(await refusal(write("one/plan.json", whole), write("one.json", whole))).toBe(
    "two plans of the stack 'one': give each stack's plan once, its file named after the stack or in a folder that is",
  );
});

describe("folders of plans", () => {
  const hash = (digit: string) => digit.repeat(64);
  const stack = (name: string, more: object = {}) => ({
    name,
    dependencies: [],
    status: "planned",
    planSha256: hash("a"),
    jsonSha256: sha256(whole),
    configSha256: hash("b"),
    ...more,
  });
  const set = (...stacks: readonly object[]) => ({
    format: 1,
    environment: "dev",
    commit: null,
    clean: false,
    createdAt: "2026-11-24T12:00:00.000Z",
    terraform: { command: "terraform", version: "1.11.4" },
    stacks,
  });

  test("without plans.json, or with one that was edited, are refused", async () => {
    mkdirSync(join(folder, "bare"));
    const bare = "no plans.json in bare: run 'mlp plan' first, or name the folder that it wrote";
    expect(review(["bare"])).toMatchObject({ code: 1, text: `${bare}\n` });
    const edit = (content: string) => refusal(dirname(write("edited/plans.json", content)));
    expect(await edit(`{"stacks": [{"error": ${secret}`)).toMatch(
      /^edited\/plans.json is not whole: the JSON is broken(?: at position \d+)?; run 'mlp plan' again$/,
    );
    expect(await edit("")).toBe("edited/plans.json is not whole: the JSON ends too early; run 'mlp plan' again");
    expect(await edit("[]")).toBe(
      "edited/plans.json is not what 'mlp plan' writes: run it again\n  the whole file: Invalid input: expected object, received array",
    );
    expect(await edit(JSON.stringify({ ...set(), format: 2 }))).toBe(
      "edited/plans.json must have format 1, got 2: plan with this version of mlp",
    );
    expect(await edit(JSON.stringify(set(stack("base", { status: secret, error: 7 }))))).toBe(
      [
        "edited/plans.json is not what 'mlp plan' writes: run it again",
        '  stacks.0.status: Invalid option: expected one of "planned"|"unchanged"|"failed"',
        "  stacks.0.error: Invalid input: expected string, received number",
      ].join("\n"),
    );
    expect(await edit(JSON.stringify(set(stack("../../etc"))))).toBe(
      "edited/plans.json is not what 'mlp plan' writes: run it again\n  stacks.0.name: must be the name of a stack",
    );
  });

  test("of no stack are no changes: nothing was to be planned", () => {
    write("nothing/plans.json", JSON.stringify(set()));
    expect(review(["nothing"])).toMatchObject({ code: 0, outcome: "no changes", stacks: [] });
  });

  test("a plan that failed, is missing, was changed or cannot be read is never no changes", () => {
    const stacks = [
      stack("fine", { status: "unchanged" }),
      stack("failed", { status: "failed", error: `Error: wrong password "${secret}" and token given-by-env` }),
      stack("silent", { status: "failed" }),
      stack("missing"),
      stack("changed"),
      stack("folder"),
    ];
    write("set/plans.json", JSON.stringify(set(...stacks)));
    write("set/fine/plan.json", whole);
    write("set/changed/plan.json", `${whole} `);
    mkdirSync(join(folder, "set/folder/plan.json"), { recursive: true });
    const variables = {
      pw: { sensitive: true, default: secret },
      token: { sensitive: true },
      open: { default: "wrong" },
    };
    write("set/failed/cdk.tf.json", JSON.stringify({ variable: variables }));
    expect(review(["set"], { TF_VAR_token: "given-by-env" })).toMatchObject({
      code: 1,
      outcome: "failed",
      stacks: [
        "fine: planned",
        'failed: failed: Error: wrong password "(sensitive value)" and token (sensitive value)',
        "silent: failed: Terraform said nothing",
        "missing: missing: there is no set/missing/plan.json: the plan was not made, or failed",
        "changed: failed: set/changed/plan.json is not what plans.json says: it was changed since; run 'mlp plan' again",
        "folder: failed: set/folder/plan.json cannot be read: it is a folder",
      ],
    });
    write("good/plans.json", JSON.stringify(set(stacks[0]!)));
    write("good/fine/plan.json", whole);
    expect(review(["good"])).toMatchObject({ code: 0, outcome: "no changes" });
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)("a file that may not be read says so", () => {
    const file = write("locked.json", whole);
    chmodSync(file, 0o000);
    expect(review([file]).stacks).toEqual([
      expect.stringMatching(/^locked: failed: locked.json cannot be read: EACCES/),
    ]);
  });
});
