import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const paths = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = paths.find((path) => path !== undefined && existsSync(path));

/** Tests that need a browser; where there is none they are skipped, unless `MLP_BROWSER=required`. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath === undefined && process.env["MLP_BROWSER"] !== "required") {
    test.skip(`no browser: install chromium, or name one in CHROMIUM_PATH (looked at ${paths.slice(1).join(", ")})`, () => {
      expect(true).toBe(false);
    });
  } else {
    describe(name, tests);
  }
}

export function launch(): Promise<Browser> {
  // CI runs in containers as root, where Chromium has no sandbox of its own.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ ...(executablePath !== undefined && { executablePath }), args });
}

/** What breaks the rules of axe. */
export async function violations(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  const { violations: found } = (await page.evaluate("axe.run()")) as AxeResults;
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
