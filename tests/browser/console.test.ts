import type { Browser, Page } from "playwright-core";

import { ConsoleServer } from "../../tools/sandbox/console/server";
import { Theatre } from "../sandbox/console/support/theatre";
import { describeInBrowser, launch, violations } from "./browser";

describeInBrowser("the console in a browser", inBrowser);

function inBrowser(): void {
  let browser: Browser;
  let theatre: Theatre;
  let server: ConsoleServer;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    theatre = new Theatre();
    server = await ConsoleServer.listen({ source: theatre.source });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    problems = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        problems.push(message.text());
      }
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url)) {
        problems.push(`request to ${request.url()}`);
      }
    });
  });
  afterEach(async () => {
    await page.close();
    await server.close();
    theatre.close();
    expect(problems).toEqual([]);
  });

  /** Time stands still while a person looks. */
  const looking = <T>(work: () => Promise<T>): Promise<T> => theatre.run.clock.during(work);
  const headline = (text: RegExp) => page.getByRole("heading", { level: 1, name: text }).waitFor();

  async function askingRollout(): Promise<void> {
    await theatre.serve();
    theatre.callers();
    await theatre.rollOut();
    await theatre.until(({ phase, looks }) => phase === "watch" && looks === 2);
    theatre.nobodyCalls();
    await theatre.until(({ phase, callback }) => phase === "ask" && callback !== "");
  }

  test("an empty sandbox says what to do", async () => {
    await page.goto(server.url);
    await headline(/Nothing is deployed yet/);
    await page.getByText("npx mlp rollout start churn/propensity").waitFor();
  });

  test("a changed split and a new verdict appear without a reload", async () => {
    await page.goto(server.url);
    await headline(/Nothing is deployed yet/);
    await theatre.serve();
    theatre.callers();
    await looking(() => headline(/Version 1 serves all traffic/));
    await theatre.rollOut();
    await theatre.until(({ phase }) => phase === "watch");
    await looking(() => headline(/Version 2 serves 10/));
    const now = page.getByRole("group", { name: "Share of traffic now" });
    expect(await looking(() => now.getByRole("listitem").allInnerTexts())).toEqual([
      expect.stringMatching(/v1[^]*90/),
      expect.stringMatching(/v2[^]*10/),
    ]);
    await theatre.until(({ looks }) => looks === 2);
    await looking(async () => {
      await page.getByRole("button", { name: /at 10.*Pass/ }).waitFor();
      await page
        .locator("#live", { hasText: "Look at version 2 with 10 percent: Pass." })
        .waitFor({ state: "attached" });
      await page.locator(".outcome", { hasText: "Pass" }).waitFor();
    });
  });

  test("keys go through looks, search, show all, and help", async () => {
    await theatre.serve();
    theatre.callers();
    await theatre.serve();
    await page.goto(server.url);
    const place = page.locator(".pager .number");
    await headline(/Version 2 serves all traffic/);
    const last = await place.innerText();
    const [, total] = /of (\d+)/.exec(last)!;
    expect(last).toBe(`${total!} of ${total!}`);
    await page.keyboard.press("k");
    await page.getByText(`${Number(total) - 1} of ${total!}`, { exact: true }).waitFor();
    await page.keyboard.press("j");
    await page.getByText(last, { exact: true }).waitFor();

    await page.keyboard.press("/");
    await page.keyboard.type("rollback");
    await page.getByText("No decision fits the search.").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
    await page.locator(".timeline li").first().waitFor();

    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys and signs" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    const chart = page.getByRole("slider", { name: /Traffic split/ });
    await chart.focus();
    await page.keyboard.press("Home");
    await page.locator('[aria-valuetext$=": version 1 100 percent"]').waitFor();
    await page.keyboard.press("End");
    await page.locator('[aria-valuetext$=": version 2 100 percent"]').waitFor();
  });

  test("a person approves, and the rollout goes on", async () => {
    await askingRollout();
    const { stage } = theatre.state()!;
    await looking(async () => {
      await page.goto(server.url);
      await headline(/Version 2 waits for your decision/);
      await page.getByRole("button", { name: "Approve" }).click();
    });
    await theatre.until(({ phase }) => phase === "watch");
    expect(theatre.state()).toMatchObject({ stage: stage + 1, actor: "console" });
    await looking(() => page.getByRole("button", { name: "Approve" }).waitFor({ state: "detached" }));
  });

  test("resources are found, and shown with their values", async () => {
    await page.goto(server.url);
    await page.getByRole("tab", { name: /Resources/ }).click();
    await page.keyboard.press("/");
    await page.keyboard.type("acme-rollouts");
    await page.getByRole("button", { name: /storage bucket/ }).click();
    await page.locator("pre", { hasText: '"name": "acme-rollouts"' }).waitFor();
  });

  test("nothing scrolls sideways at 360 pixels, and nothing breaks at 2560", async () => {
    await askingRollout();
    await looking(async () => {
      await page.goto(server.url);
      await headline(/waits for your decision/);
      for (const width of [360, 768, 1280, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        await page.waitForTimeout(400);
        expect([width, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([width, width]);
      }
    });
  });

  test.each(["light", "dark"] as const)("accessible in %s, to the rules of axe", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(server.url);
    await headline(/Nothing is deployed yet/);
    expect(await violations(page)).toEqual([]);
    await askingRollout();
    await looking(async () => {
      await headline(/waits for your decision/);
      expect(await violations(page)).toEqual([]);
      await page.getByRole("tab", { name: /Resources/ }).click();
      await page.locator(".stack h3 button").first().click();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });
}
