import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { Command } from "commander";

import { openBrowser } from "../../tools/cli/browser";
import { addOutputOptions, type OutputOptions, writeReview } from "../../tools/cli/review-output";
import { exampleReview } from "../review/support/example-review";

jest.mock("../../tools/cli/browser", () => ({ openBrowser: jest.fn() }));

const folder = mkdtempSync(join(tmpdir(), "mlp-review-output-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => jest.restoreAllMocks());

/** What is printed. */
function show(options: OutputOptions): string {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  writeReview(exampleReview, options);
  return log.mock.calls.flat().join("\n");
}

test("files are made with their folders, for others to read whatever new files are here", () => {
  const before = process.umask(0o077);
  const file = (name: string) => join(folder, "deep/er", name);
  show({
    markdown: file("a.md"),
    summary: file("s.md"),
    json: file("r.json"),
    sarif: file("r.sarif"),
    html: file("r.html"),
  });
  process.umask(before);
  for (const [name, start] of [
    ["a.md", "<!-- mlp-review environment=dev "],
    ["s.md", "<!-- mlp-review environment=dev "],
    ["r.json", '{\n  "format": "1.0"'],
    ["r.sarif", '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json"'],
    ["r.html", "<!doctype html>"],
  ] as const) {
    expect(readFileSync(file(name), "utf8")).toMatch(new RegExp(`^${start.replace(/[$.{]/g, "\\$&")}`));
    expect(statSync(file(name)).mode & 0o777).toBe(0o644);
  }
});

test("the terminal shows the review, and where the page is", () => {
  const html = join(folder, "page.html");
  const printed = show({ html });
  expect(printed).toMatch(/^.*Blocked by 1 critical and 1 high finding/);
  expect(printed.split("\n").at(-1)).toBe(`The page is ${pathToFileURL(html).href}`);
});

test("the page is opened where that is asked for, and is made for it where no other is", () => {
  const opened = jest.mocked(openBrowser);
  const html = join(folder, "opened.html");
  show({ html });
  expect(opened).not.toHaveBeenCalled();
  show({ html, open: true });
  expect(opened).toHaveBeenLastCalledWith(pathToFileURL(html).href, process.env);

  const printed = show({ open: true });
  const [href = ""] = opened.mock.lastCall!;
  expect(printed).toContain(`The page is ${href}`);
  expect(readFileSync(fileURLToPath(href), "utf8")).toMatch(/^<!doctype html>/);
  rmSync(dirname(fileURLToPath(href)), { recursive: true });
  show({ open: true, quiet: true, html });
  expect(opened).toHaveBeenCalledTimes(3);
});

test("every command that shows a review takes the option", () => {
  expect(addOutputOptions(new Command()).parse(["--open"], { from: "user" }).opts()).toEqual({ open: true });
});

test("quiet writes files alone", () => {
  expect(show({ quiet: true, html: join(folder, "quiet.html") })).toBe("");
});

test("SARIF names the file of the team, or of the environment", () => {
  const sarif = join(folder, "files.sarif");
  show({ quiet: true, sarif });
  const files = [...readFileSync(sarif, "utf8").matchAll(/"uri": "([^"]+)"/g)].map(([, uri]) => uri);
  expect(new Set(files)).toEqual(new Set(["teams/churn/team.yaml", "environments/dev.yaml"]));
});

test("a place that cannot be written to is no success", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => show({ quiet: true, json: join(folder, "file/r.json") })).toThrow(/^ENOTDIR|^EEXIST/);
  expect(() => show({ quiet: true, json: folder })).toThrow(/^EISDIR/);
});
