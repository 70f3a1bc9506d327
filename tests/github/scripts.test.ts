import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Written {
  readonly id: number;
  /** Of an issue: not its id. */
  readonly number: number;
  readonly user: { readonly login: string };
  body: string;
  state?: string;
  title?: string;
}

interface Run {
  readonly id: number;
  readonly attempt: number;
}

type Script = (context: unknown) => Promise<void>;

const scripts = join(__dirname, "..", "..", ".github", "scripts");
const { commentAll } = jest.requireActual<{ commentAll: Script }>(join(scripts, "comment.js"));
const { reportAll } = jest.requireActual<{ reportAll: Script }>(join(scripts, "drift.js"));

const reviews = mkdtempSync(join(tmpdir(), "reviews-"));
afterEach(() => {
  rmSync(reviews, { recursive: true });
  mkdirSync(reviews);
});
afterAll(() => rmSync(reviews, { recursive: true }));

/** What GitHub would hold of comments or issues. */
class FakeGithub {
  readonly written: Written[] = [];
  readonly failures: string[] = [];
  /** Runs of the workflow that deploys, the newest first. */
  deployments: { status: string; conclusion?: string; html_url: string }[] = [];
  private next = 100;

  /** What somebody else wrote. */
  add(body: string, login: string): void {
    this.written.push({ ...this.identity(), user: { login }, body });
  }

  private identity(): { id: number; number: number } {
    const id = this.next++;
    return { id, number: id - 90 };
  }

  /** Runs a script as a run of a workflow does. */
  async run(script: Script, { id, attempt }: Run, environments = "dev"): Promise<void> {
    const write = ({ body, title }: { body: string; title?: string }) => {
      this.written.push({ ...this.identity(), user: { login: "github-actions[bot]" }, body, ...(title && { title }) });
    };
    const update = (changes: { comment_id?: number; issue_number?: number } & Partial<Written>) => {
      const { comment_id, issue_number, body, state } = changes;
      const target = this.written.find(({ id, number }) => id === comment_id || number === issue_number)!;
      Object.assign(target, { ...(body && { body }), ...(state && { state }) });
    };
    const issues = {
      listComments: "comments",
      listForRepo: "issues",
      createComment: write,
      updateComment: update,
      create: write,
      update,
    };
    const open = () => Promise.resolve(this.written.filter(({ state }) => state !== "closed"));
    const context = {
      repo: { owner: "acme", repo: "ml" },
      serverUrl: "https://github.example",
      runId: id,
      payload: { pull_request: { number: 7 } },
    };
    const env = { REVIEWS: reviews, ENVIRONMENTS: environments, HEAD: "abc123", GITHUB_RUN_ATTEMPT: String(attempt) };
    const actions = { listWorkflowRuns: () => Promise.resolve({ data: { workflow_runs: this.deployments } }) };
    const core = { info: () => undefined, setFailed: (text: string) => this.failures.push(text) };
    await script({ github: { rest: { issues, actions }, paginate: open }, context, core, env });
  }
}

function leave(files: Readonly<Record<string, string>>, environment = "dev"): void {
  const folder = join(reviews, `review-${environment}`);
  mkdirSync(folder, { recursive: true });
  Object.entries(files).forEach(([file, text]) => writeFileSync(join(folder, file), text));
}

describe("the comment on a pull request", () => {
  test("is written once and then brought up to date", async () => {
    const github = new FakeGithub();
    leave({ "review.md": "one destroyed\n", code: "2\n" });
    await github.run(commentAll, { id: 5, attempt: 1 });
    leave({ "review.md": "nothing destroyed\n", code: "2\n" });
    await github.run(commentAll, { id: 6, attempt: 1 });
    expect(github.written.map(({ body }) => body)).toEqual([
      "<!-- mlp review of dev -->\n<!-- run 6 attempt 1 head abc123 -->\nnothing destroyed\n",
    ]);
  });

  test.each<[string, Run, Run]>([
    ["an older run", { id: 6, attempt: 1 }, { id: 5, attempt: 3 }],
    ["an older attempt of the same run", { id: 6, attempt: 2 }, { id: 6, attempt: 1 }],
  ])("is left alone by %s", async (_, newer, older) => {
    const github = new FakeGithub();
    leave({ "review.md": "new\n" });
    await github.run(commentAll, newer);
    leave({ "review.md": "old\n" });
    await github.run(commentAll, older);
    expect(github.written[0]!.body).toMatch(/\nnew\n$/);
  });

  test("of somebody else is not taken for ours, whatever it begins with", async () => {
    const github = new FakeGithub();
    const planted = "<!-- mlp review of dev -->\n<!-- run 999999 attempt 1 head x -->\nno changes\n";
    github.add(planted, "mallory");
    leave({ "review.md": "one destroyed\n" });
    await github.run(commentAll, { id: 5, attempt: 1 });
    expect(github.written.map(({ body }) => body)).toEqual([planted, expect.stringContaining("one destroyed")]);
  });

  test("says that nothing was reviewed where a job left nothing, over an older review", async () => {
    const github = new FakeGithub();
    leave({ "review.md": "no changes\n" });
    await github.run(commentAll, { id: 5, attempt: 1 });
    rmSync(join(reviews, "review-dev"), { recursive: true });
    await github.run(commentAll, { id: 6, attempt: 1 });
    expect(github.written.map(({ body }) => body)).toEqual([
      "<!-- mlp review of dev -->\n<!-- run 6 attempt 1 head abc123 -->\n## dev: not reviewed\n\n" +
        "Its plans failed before there was a review. [The run](https://github.example/acme/ml/actions/runs/6) says why.\n",
    ]);
  });

  test("names the stacks that are declared no more, which no plan shows", async () => {
    const github = new FakeGithub();
    const stacks = [
      { name: "dev-churn-serving", change: "removed", reasons: ["removed"] },
      { name: "dev-foundation", change: "changed", reasons: ["x"] },
    ];
    leave({ "review.md": "no changes\n", "affected.json": JSON.stringify({ stacks }) });
    await github.run(commentAll, { id: 5, attempt: 1 });
    expect(github.written[0]!.body).toContain("> **Declared no more: `dev-churn-serving`.** Nobody plans them");
    expect(github.written[0]!.body).not.toContain("dev-foundation");
  });

  test("fits beside the longest review, however many stacks are declared no more", async () => {
    const github = new FakeGithub();
    const stacks = Array.from({ length: 60 }, (_, index) => ({ name: `dev-team${index}-serving`, change: "removed" }));
    leave({ "review.md": "x".repeat(65_000), "affected.json": JSON.stringify({ stacks }) });
    await github.run(commentAll, { id: 123_456_789_012, attempt: 12 });
    expect(github.written[0]!.body).toMatch(/Declared no more: `dev-team0-serving`, .* and 53 more\.\*\*/);
    expect(github.failures).toEqual([]);
  });

  test("that GitHub would not take fails the job, and leaves the other environments theirs", async () => {
    const github = new FakeGithub();
    leave({ "review.md": "x".repeat(65_500) });
    leave({ "review.md": "one destroyed\n" }, "prod");
    await github.run(commentAll, { id: 5, attempt: 1 }, "dev prod");
    expect(github.failures).toEqual([
      expect.stringMatching(/^dev: the comment has \d+ characters, GitHub takes 65536$/) as string,
    ]);
    expect(github.written.map(({ body }) => body)).toEqual([expect.stringContaining("one destroyed") as string]);
  });
});

describe("the issue about drift", () => {
  test("is opened, brought up to date, closed, and opened anew", async () => {
    const github = new FakeGithub();
    const states = () => github.written.filter(({ title }) => title).map(({ title, state }) => [title, state]);
    leave({ "review.md": "one changed\n", code: "2\n" });
    await github.run(reportAll, { id: 1, attempt: 1 });
    leave({ "review.md": "two changed\n", code: "2\n" });
    await github.run(reportAll, { id: 2, attempt: 1 });
    expect(states()).toEqual([["Drift in dev", undefined]]);
    expect(github.written[0]!.body).toMatch(/^<!-- mlp drift of dev -->\nLooked at abc123 in .*\n\ntwo changed\n$/);
    leave({ "review.md": "no changes\n", code: "0\n" });
    await github.run(reportAll, { id: 3, attempt: 1 });
    expect(states()).toEqual([["Drift in dev", "closed"]]);
    leave({ "review.md": "three changed\n", code: "2\n" });
    await github.run(reportAll, { id: 4, attempt: 1 });
    expect(states()).toEqual([
      ["Drift in dev", "closed"],
      ["Drift in dev", undefined],
    ]);
  });

  test.each([
    ["failed", { "review.md": "plan failed\n", code: "1\n" }],
    ["left nothing", undefined],
  ])("stays open where the plan %s", async (_, files) => {
    const github = new FakeGithub();
    leave({ "review.md": "one changed\n", code: "2\n" });
    await github.run(reportAll, { id: 1, attempt: 1 });
    rmSync(join(reviews, "review-dev"), { recursive: true });
    if (files) {
      leave(files);
    }
    await github.run(reportAll, { id: 2, attempt: 1 });
    expect(github.written).toHaveLength(1);
    expect(github.written[0]!.state).toBeUndefined();
    expect(github.written[0]!.body).toContain(files ? "plan failed" : "## dev: not reviewed");
  });

  test("is left as it is while a deployment is under way", async () => {
    const github = new FakeGithub();
    github.deployments = [{ status: "in_progress", html_url: "https://github.example/run" }];
    leave({ "review.md": "one changed\n", code: "2\n" });
    await github.run(reportAll, { id: 1, attempt: 1 });
    expect(github.written).toEqual([]);
  });

  test.each([
    ["failure", true],
    ["success", false],
  ])("after a deployment that ended as %s", async (conclusion, isSaid) => {
    const github = new FakeGithub();
    github.deployments = [{ status: "completed", conclusion, html_url: "https://github.example/run" }];
    leave({ "review.md": "one changed\n", code: "2\n" });
    await github.run(reportAll, { id: 1, attempt: 1 });
    const said =
      "[The last deployment](https://github.example/run) ended as failure: what it did not apply is among this.";
    expect(github.written[0]!.body.includes(said)).toBe(isSaid);
  });

  test("is not opened where there is no drift", async () => {
    const github = new FakeGithub();
    leave({ "review.md": "no changes\n", code: "0\n" });
    await github.run(reportAll, { id: 1, attempt: 1 });
    expect(github.written).toEqual([]);
  });
});
