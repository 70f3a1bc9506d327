import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, Page } from "playwright-core";

import { reviewHtml } from "../../tools/review/output/html";
import type { Review } from "../../tools/review/review";
import { change, exampleReview, failedReview, finding, review, stack } from "../review/support/example-review";
import { describeInBrowser, launch, violations } from "./browser";

describeInBrowser("the page of a review in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "mlp-review-page-"));
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    watch(page);
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  function watch(watched: Page): void {
    problems = [];
    watched.on("console", (message) => problems.push(message.text()));
    watched.on("pageerror", (error) => problems.push(error.message));
    watched.on("dialog", (dialog) => {
      problems.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    watched.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) {
        problems.push(`request to ${request.url()}`);
      }
    });
  }

  async function open(any: Review, fragment = ""): Promise<void> {
    const file = join(folder, "review.html");
    writeFileSync(file, reviewHtml(any));
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(file).href}${fragment}`);
  }

  const shown = (selector: string) => page.locator(`${selector}:visible`).count();
  const matches = (text: string) => page.locator("#matches", { hasText: text }).waitFor();

  test("what blocks stands at the top and leads to its finding, with before and after", async () => {
    await open(exampleReview);
    await page.getByRole("heading", { level: 1, name: "Blocked by 1 critical and 1 high finding" }).waitFor();
    await page.locator(".blockers a", { hasText: "Data is destroyed" }).click();
    await page.locator(`#finding-${"d".repeat(64)}:focus`).waitFor();
    const cells = page.locator(".finding").first().locator("tbody td");
    expect(await cells.allInnerTexts()).toEqual(['"EU"', '"US"']);
    expect(await shown(".stack[open]")).toBe(2);
  });

  test("a search finds addresses, constructs, types and values, and is kept in the page's address", async () => {
    await open(exampleReview);
    for (const [words, text] of [
      ["events_1", "0 findings, 100 changes"],
      ["RolloutPolicy", "1 finding, 1 change"],
      ["rollout-propensity/policy", "1 finding, 1 change"],
      ['Read["api"]', "1 finding, 1 change"],
      ["10.0.0.0/22", "0 findings, 1 change"],
      ["pubsub ml-platform", "0 findings, 200 changes"],
      ["<li", "0 findings, 0 changes"],
    ] as const) {
      await page.getByRole("searchbox").fill(words);
      await matches(text);
    }
    await page.getByRole("searchbox").fill("RolloutPolicy");
    await matches("1 finding, 1 change");
    expect(await shown(".change")).toBe(1);
    expect(new URL(page.url()).hash).toBe("#q=RolloutPolicy");
    await page.reload();
    await matches("1 finding, 1 change");
    await page.getByRole("button", { name: "Clear filters" }).click();
    expect(new URL(page.url()).hash).toBe("");
    expect(await shown(".finding")).toBe(5);
  });

  test("filters by severity, kind and stack work together, and come from an address", async () => {
    await open(exampleReview);
    await page.getByRole("button", { name: /^high/ }).click();
    await matches("2 findings, 1 change");
    await page.getByRole("button", { name: /^critical/ }).click();
    await matches("3 findings, 2 changes");
    await page.getByRole("button", { name: /^replace/ }).click();
    await matches("1 finding, 1 change");
    expect(new URL(page.url()).hash).toBe("#severity=high%2Ccritical&kind=replace");
    await open(exampleReview, "#kind=update&stack=dev-churn-serving");
    await matches("1 finding, 1 change");
    expect(await page.getByRole("combobox", { name: "Stack" }).inputValue()).toBe("2");
    await page.getByRole("combobox", { name: "Stack" }).selectOption("dev-churn-ingestion");
    await matches("0 findings, 200 changes");
  });

  test("a finding shows its change", async () => {
    await open(exampleReview);
    await page.getByRole("button", { name: "Show its change" }).nth(1).click();
    await page.locator(".change details[open]", { hasText: "latencyP95Milliseconds" }).waitFor();
  });

  test("keys go to the search, through findings and changes, and back", async () => {
    await open(exampleReview);
    const focused = () => page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim().slice(0, 40)");
    await page.keyboard.press("j");
    expect(await focused()).toMatch(/^critical Data is destroyed/);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^high A rollout's policy changes/);
    await page.keyboard.press("k");
    expect(await focused()).toMatch(/^critical Data is destroyed/);
    await page.keyboard.press("/");
    await page.keyboard.type("Events_BBBB");
    await matches("1 finding, 1 change");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });

  test.each(["light", "dark"] as const)("accessible in %s, to the rules of axe", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open(failedReview);
    await page.locator(".stack > summary").first().click();
    await page.locator(".change summary").first().click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: /^high/ }).click();
    await page.keyboard.press("?");
    expect(await violations(page)).toEqual([]);
  });

  test("nothing scrolls sideways at 360 pixels", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await open(failedReview);
    for (const closed of await page.locator(".stack:not([open]) > summary").all()) {
      await closed.click();
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });

  test("all of it can be read without scripts, and no filter is offered", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    watch(page);
    await open(exampleReview);
    expect(await page.locator(".change").count()).toBe(212);
    expect(await page.locator(".finding").nth(3).innerText()).toContain("Who changed it, and shall it stay?");
    expect(await page.getByRole("searchbox").count()).toBe(0);
    await context.close();
  });

  test("what a plan says is text, wherever it stands", async () => {
    const evil = `"'><img src=x onerror=alert(1)><script>alert(2)</script></noscript></style>{policy}\u202e`;
    const differences = [{ path: evil, before: evil, after: evil, forcesReplacement: true, lines: [evil, `+${evil}`] }];
    const bad = change({ address: evil, type: evil, constructPath: evil, reason: evil, differences, kind: "destroy" });
    await open(
      review({
        environment: evil,
        outcome: "blocked",
        findings: [
          finding({ address: evil, title: evil, message: evil, why: evil, check: evil, stack: evil, differences }),
        ],
        access: [
          { effect: "gets", stack: evil, address: evil, member: evil, role: evil, resource: evil, condition: evil },
        ],
        stacks: [
          stack({
            name: evil,
            changes: [bad],
            drift: [bad],
            outputs: [{ name: evil, actions: [], before: evil, after: evil }],
            unknownFields: [evil],
          }),
          stack({ name: `${evil} failed`, status: "failed", error: evil }),
        ],
      }),
    );
    expect(await shown(".change")).toBe(2);
    expect(await page.locator("img, script:not(:last-of-type) img").count()).toBe(0);
    expect(await page.locator(".finding h3").innerText()).toBe(evil.replace("\u202e", "\\u{202e}"));
    await page.getByRole("searchbox").fill("<script>alert(2)</script>");
    await matches("1 finding, 2 changes");
  });

  test("ten thousand changes open and are searched without a pause that a reader feels", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      change({
        address: `google_pubsub_topic.Topic_${index}`,
        differences: Array.from({ length: 6 }, (_, place) => ({
          path: `labels.label_${place}`,
          before: `"before ${index}"`,
          after: `"after ${index}"`,
          forcesReplacement: false,
        })),
      }),
    );
    await open(
      review({
        stacks: [stack({ name: "a", changes: many.slice(0, 5_000) }), stack({ name: "b", changes: many.slice(5_000) })],
      }),
    );
    expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(1_000);
    await page.getByRole("searchbox").fill("after 9876");
    await matches("0 findings, 1 change");
    await page.locator(".change", { hasText: "Topic_9876" }).waitFor();
  });
});
