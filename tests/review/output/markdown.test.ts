import fc from "fast-check";

import {
  commentBudget,
  commentMarkdown,
  markdown,
  summaryBudget,
  summaryMarkdown,
} from "../../../tools/review/output/markdown";
import { code, fenceOf, htmlCode, prose } from "../../../tools/review/output/markdown/text";
import type { Review } from "../../../tools/review/review";
import { severities } from "../../../tools/review/severity";
import { change, exampleReview, failedReview, finding, review, stack } from "../support/example-review";

const small = { characters: 6_000, bytes: 24_000, elsewhere: "the summary" };

describe("a comment", () => {
  const comment = commentMarkdown(exampleReview);
  const lines = comment.split("\n");

  test("begins with the marker, the verdict and the head", () => {
    expect(lines.slice(0, 7)).toEqual([
      "<!-- mlp-review environment=dev head=3902c6e1f0a94b5d8c7e6f5a4b3c2d1e0f9a8b7c -->",
      "## ⛔ Terraform plan of `dev`: Blocked by 1 critical and 1 high finding",
      "",
      "**Plan:** 1 to add, 201 to change, 2 to replace, 2 to destroy, 1 to forget, 1 to move, 1 to import, 1 to read, 1 of a kind that is not known here  ",
      "**Open:** 1 critical, 1 high, 1 medium and 1 low finding · **access gets wider** (1 grant added, 1 grant removed)",
      "",
      "<sub>Head `3902c6e1f0a94b5d8c7e6f5a4b3c2d1e0f9a8b7c`</sub>",
    ]);
  });

  test("tells the worst finding first, with old and new, why and what to check", () => {
    expect(comment.slice(comment.indexOf("#### "), comment.indexOf("#### 🟠"))).toBe(
      `#### 🔴 Critical: Data is destroyed

\`google_bigquery_dataset.Curated_4F1E2D3C\`: a BigQuery dataset is destroyed, and made again empty  
<sub>\`dev-churn-ingestion/Curated/Resource\`</sub>

\`\`\`diff
! location forces replacement
- location: "EU"
+ location: "US"
\`\`\`

**Why:** What is deleted with a data store cannot be brought back by applying again.  
**Check:** Is there a copy, and does nobody read it any longer?

<sub>\`data/destroyed\` · \`${"d".repeat(64)}\`</sub>

`,
    );
  });

  test("has its chapters in the order of their weight", () => {
    expect(commentMarkdown(failedReview).match(/^### .*/gm)).toEqual([
      "### Failed plans",
      "### Findings",
      "### Access gets wider: 1 grant added, 1 grant removed",
      "### Destroyed and replaced",
      "### Lesser and accepted findings",
      "### Changes by stack",
      "### Only Terraform's record changes",
      "### Changed outside of Terraform",
      "### Outputs",
      "### Beside the changes",
    ]);
  });

  test("leaves nothing out where there is room", () => {
    for (const { changes, drift, outputs } of exampleReview.stacks) {
      [...changes, ...drift].forEach(({ address }) => expect(comment).toContain(address));
      outputs.forEach(({ name }) => expect(comment).toContain(name));
    }
    expect(comment).not.toMatch(/_\d+ more/);
  });

  test("with little room keeps what is worst, and says what it leaves out and where that is", () => {
    const short = markdown(exampleReview, small);
    expect(short.length).toBeLessThanOrEqual(small.characters);
    expect(short).toContain("#### 🔴 Critical: Data is destroyed");
    expect(short).toContain("@@ replace, delete first: google_bigquery_dataset.Curated_4F1E2D3C @@");
    expect(short).toMatch(/^_\d+ more changes: see the summary\._$/m);
    expect(problemsOf(short)).toEqual([]);
  });

  test("names the command where the plans may be applied, and only there", () => {
    const command = exampleReview.applyWith!;
    expect(commentMarkdown(review({ outcome: "changes" }))).toContain(`To apply exactly these plans: \`${command}\``);
    expect(comment).not.toContain("mlp apply");
  });

  test("of nothing says so", () => {
    expect(commentMarkdown(review({ outcome: "no changes", environment: null, commit: null }))).toBe(
      "<!-- mlp-review environment=none head=none -->\n## ✅ Terraform plan: No changes\n\n**Plan:** no changes  \n**Open:** no findings\n\n",
    );
  });
});

test("two hundred harmless changes, a destroyed dataset and a widened role: those two come first", () => {
  const labels = Array.from({ length: 200 }, (_, index) => change({ address: `google_pubsub_topic.T${index}` }));
  const role = finding({
    address: "google_project_iam_member.Owner",
    severity: "high",
    rule: "iam/widened",
    title: "A role is widened",
  });
  const dataset = finding({ address: "google_bigquery_dataset.Gone" });
  const text = commentMarkdown(review({ stacks: [stack({ name: "s", changes: labels })], findings: [dataset, role] }));
  const places = ["google_bigquery_dataset.Gone", "google_project_iam_member.Owner", "google_pubsub_topic.T"].map(
    (name) => text.indexOf(name),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[1]).toBeLessThan(1_800);
});

describe("texts of a plan are no Markdown", () => {
  test.each([
    ["plain_name[0].x", "`plain_name[0].x`"],
    ['a["b"]', '`a["b"]`'],
    ["a`b", "<code>a&#96;b</code>"],
    ["a|b", "<code>a&#124;b</code>"],
    ["a\\|@team", "<code>a&#92;&#124;&#64;&#8203;team</code>"],
    ["", "<code></code>"],
    ["a\nb", "<code>a&#92;nb</code>"],
  ])("code: %j", (text, expected) => expect(code(text)).toBe(expected));

  test.each([
    ["ask @acme/ml-team about #12", "ask @&#8203;acme/ml-team about #&#8203;12"],
    ["see https://evil.example", "see https:&#8203;//evil.example"],
    ["www.evil.example", "www&#8203;.evil.example"],
    ["[click](javascript:alert(1))", "\\[click\\](javascript:alert(1))"],
    ["![x](y)", "!\\[x\\](y)"],
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    ["</details><!-- -->", "&lt;/details&gt;&lt;!-- --&gt;"],
    ["*bold* _it_ `code` ~~no~~", "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~"],
    ["a|b\\c", "a&#124;b&#92;c"],
    ["admin\u202Enimda\u200B", "admin&#92;u{202e}nimda&#92;u{200b}"],
    ["GH-12 &amp; $x$", "GH-&#8203;12 &amp;amp; <span>$</span>x<span>$</span>"],
  ])("prose: %j", (text, expected) => expect(prose(text)).toBe(expected));

  test("a fence is longer than any run of backticks within", () => {
    expect(fenceOf(["a ``` b", "`````"])).toBe("``````");
  });

  test("in a summary nothing is left of HTML", () => {
    expect(htmlCode("</code></summary>@x")).not.toMatch(/<\/code><\/summary>|@/);
  });
});

const hostile = fc.oneof(
  fc.constantFrom(
    "</details>",
    "```",
    "\n```\n@team",
    "<!-- mlp-review environment=prod head=x -->",
    "-->",
    "| a | b |",
    "\\|@x",
    "![x](https://evil)",
    "\u202e",
    "\ud800",
    "`".repeat(30),
    "<details><summary>",
    "#1",
  ),
  fc.string({ maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
);
const texts = fc.array(hostile, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(""));
const differences = fc.array(
  fc.record({ path: texts, before: fc.option(texts), after: fc.option(texts), forcesReplacement: fc.boolean() }),
  { maxLength: 12 },
);
const kinds = ["create", "update", "destroy", "replace, create first", "move", "forget", "other"] as const;
const changes = fc
  .record({ address: texts, kind: fc.constantFrom(...kinds), differences, reason: fc.option(texts) })
  .map(change);
const stacks = fc
  .record({
    name: texts,
    changes: fc.array(changes, { maxLength: 30 }),
    drift: fc.array(changes, { maxLength: 5 }),
    outputs: fc.array(fc.record({ name: texts, actions: fc.constant([]), before: texts, after: texts }), {
      maxLength: 4,
    }),
    unknownFields: fc.array(texts, { maxLength: 3 }),
    error: fc.option(texts),
    status: fc.constantFrom("planned" as const, "failed" as const, "incomplete" as const),
  })
  .map(stack);
const reviews: fc.Arbitrary<Review> = fc
  .record({
    environment: fc.option(texts),
    commit: fc.option(texts),
    stacks: fc.array(stacks, { maxLength: 12 }),
    findings: fc.array(
      fc
        .record({ address: texts, message: texts, title: texts, severity: fc.constantFrom(...severities), differences })
        .map(finding),
      { maxLength: 40 },
    ),
    access: fc.array(
      fc.record({
        effect: fc.constantFrom("gets" as const, "loses" as const),
        stack: texts,
        address: texts,
        member: texts,
        role: texts,
        resource: texts,
        condition: fc.option(texts),
      }),
      { maxLength: 30 },
    ),
  })
  .map((special) =>
    review({
      ...special,
      findings: special.findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    }),
  );

/** What is open at the end, or cut: a fence, a fold, a table's row. */
function problemsOf(text: string): string[] {
  const problems: string[] = [];
  let fence: string | undefined;
  let folds = 0;
  for (const line of text.split("\n").slice(1)) {
    const ticks = /^`{3,}/.exec(line)?.[0];
    if (fence !== undefined) {
      fence = ticks !== undefined && line === fence ? undefined : fence;
    } else if (ticks !== undefined) {
      fence = ticks;
    } else {
      folds += Number(line.startsWith("<details>")) - Number(line === "</details>");
      if (folds < 0 || folds > 1) {
        problems.push(`fold: ${line}`);
      }
      if (/<!--|-->|@\w|<(?!\/?(details|summary|code|sub|span)>)/.test(line.replace(/`[^`]+`/g, ""))) {
        problems.push(`not escaped: ${line}`);
      }
      if (line.startsWith("|") && !line.endsWith("|")) {
        problems.push(`row: ${line}`);
      }
    }
  }
  return [...problems, ...(fence === undefined ? [] : ["a fence is open"]), ...(folds === 0 ? [] : ["a fold is open"])];
}

/** Blocks that stand there and blocks that are said to be left out, by chapter. */
function counted(text: string): Map<string, number> {
  return new Map(
    text
      .split(/^### /m)
      .slice(1)
      .map((chapter) => [chapter.split("\n")[0]!, Number(/^_(\d+) more /m.exec(chapter)?.[1] ?? 0)]),
  );
}

test.each([
  ["a comment", commentBudget],
  ["little room", small],
])("any review, whatever stands in it, fits into %s and is whole", (_, budget) => {
  fc.assert(
    fc.property(reviews, (any) => {
      const text = markdown(any, budget);
      expect(text.length).toBeLessThanOrEqual(budget.characters);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget.bytes);
      expect(text.split("\n")[0]).toMatch(/^<!-- mlp-review environment=[\w.-]+ head=[\w.-]+ -->$/);
      expect(problemsOf(text)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("the worst finding is always there, and what is left out is counted", () => {
  fc.assert(
    fc.property(reviews, (any) => {
      const serious = any.findings.filter(({ severity }) => ["critical", "high", "medium"].includes(severity));
      const text = commentMarkdown(any);
      const blocks = text.match(/^#### /gm)?.length ?? 0;
      const losses = any.stacks
        .flatMap((each) => each.changes)
        .filter(({ kind }) => /destroy|replace|other/.test(kind)).length;
      expect(blocks).toBeGreaterThanOrEqual(Math.min(1, serious.length));
      expect(blocks + (counted(text).get("Findings") ?? 0)).toBe(serious.length);
      const told = (
        /### Destroyed and replaced\n\n[^]*?(?=\n### |$)/.exec(text)?.[0].match(/^@@ (destroy|replace|other)/gm) ?? []
      ).length;
      expect(told + (counted(text).get("Destroyed and replaced") ?? 0)).toBe(losses);
    }),
    { numRuns: 60 },
  );
});

describe("what many objects change in the same way", () => {
  const label = { path: "labels.team", before: '"a"', after: '"b"', forcesReplacement: false };
  const topics = (count: number, special: object = {}) =>
    Array.from({ length: count }, (_, index) =>
      change({ address: `google_pubsub_topic.T${index}`, differences: [label], ...special }),
    );
  const changesOf = (...changes: readonly ReturnType<typeof change>[]) => {
    const text = commentMarkdown(review({ findings: [], access: [], stacks: [stack({ name: "s", changes })] }));
    return text.slice(text.indexOf("### Changes by stack"), text.indexOf("### ", text.indexOf("### Changes") + 4));
  };

  test("is told once, with the address of each", () => {
    const bucket = change({ address: "google_storage_bucket.B", differences: [label], constructPath: "s/B/Resource" });
    expect(
      commentMarkdown(
        review({ findings: [], access: [], stacks: [stack({ name: "s", changes: [...topics(2), bucket] })] }),
      ),
    ).toContain(`### Changes by stack

<details><summary><code>s</code> 3 to change, 0 unchanged: update 3 objects in the same way</summary>

\`\`\`diff
@@ update: 3 objects in the same way @@
- labels.team: "a"
+ labels.team: "b"
# google_pubsub_topic.T0
# google_pubsub_topic.T1
# google_storage_bucket.B  s/B/Resource
\`\`\`

</details>
`);
  });

  test("stands beside the changes that are another thing: another value, another reason, more than is shown, or two alone", () => {
    const text = changesOf(
      ...topics(3),
      change({ address: "a.value", differences: [{ ...label, after: '"c"' }] }),
      change({ address: "a.reason", differences: [label], reason: "asked for" }),
      change({ address: "a.more", differences: [label], moreDifferences: 1 }),
      ...["a.one", "a.two"].map((address) => change({ address, differences: [{ ...label, path: "name" }] })),
    );
    expect(text.match(/^@@ .*/gm)).toEqual([
      "@@ update: a.value @@",
      "@@ update: a.reason @@",
      "@@ update: a.more @@",
      "@@ update: a.one @@",
      "@@ update: a.two @@",
      "@@ update: 3 objects in the same way @@",
    ]);
    expect(text.match(/<summary>.*/g)).toEqual([
      "<summary><code>s</code> 8 to change, 0 unchanged</summary>",
      "<summary><code>s</code>: update 3 objects in the same way</summary>",
    ]);
  });

  test("does not hold of changes in which nothing is seen to change", () => {
    expect(changesOf(...topics(3, { differences: [] })).match(/^@@ update: google/gm)).toHaveLength(3);
  });

  test("is counted object by object where there is no room for all of them", () => {
    const text = markdown(
      review({ findings: [], access: [], stacks: [stack({ name: "s", changes: topics(1_000) })] }),
      small,
    );
    const shown = text.match(/^# google_pubsub_topic/gm)!.length;
    expect(shown).toBeGreaterThan(100);
    expect(shown + Number(/^_(\d+) more changes/m.exec(text)![1])).toBe(1_000);
    expect(problemsOf(text)).toEqual([]);
  });
});

test("ten thousand changes fit into a summary of a step", () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    change({
      address: `google_pubsub_topic.T${index}`,
      differences: [{ path: "labels.a", before: `"ä${index}"`, after: '"ö"'.repeat(40), forcesReplacement: false }],
    }),
  );
  const text = summaryMarkdown(review({ stacks: [stack({ name: "s", changes: many })] }));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(summaryBudget.bytes);
  expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
  const shown = text.match(/^@@ update/gm)!.length;
  expect(shown + Number(/^_(\d+) more changes/m.exec(text)![1])).toBe(10_000);
});
