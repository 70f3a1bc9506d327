import { chmodSync, existsSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Command } from "commander";

import { reviewHtml } from "../review/output/html";
import { reviewJson } from "../review/output/json";
import { commentMarkdown, summaryMarkdown } from "../review/output/markdown";
import { reviewSarif } from "../review/output/sarif";
import { terminalText } from "../review/output/terminal";
import type { Review } from "../review/review";
import { openBrowser } from "./browser";
import { writeOutput } from "./output-file";
import { findProjectRoot } from "./project";

/** What a review is written as, besides the terminal. */
const formats = {
  markdown: { about: "a comment of a pull request", write: commentMarkdown },
  summary: { about: "the summary of a workflow's step", write: summaryMarkdown },
  json: { about: "JSON, as docs/review.schema.json describes it", write: reviewJson },
  sarif: { about: "SARIF 2.1.0", write: (review: Review) => reviewSarif(review, { fileOf: fileOf(review) }) },
  html: { about: "one page, for a browser", write: reviewHtml },
} as const satisfies Readonly<Record<string, { about: string; write: (review: Review) => string }>>;

type Format = keyof typeof formats;

export interface OutputOptions extends Partial<Readonly<Record<Format, string>>> {
  readonly quiet?: boolean;
  readonly open?: boolean;
}

/** The options of every command that shows a review. */
export function addOutputOptions(command: Command): Command {
  for (const [format, { about }] of Object.entries(formats)) {
    command.option(`--${format} <file>`, `write the review as ${about}`);
  }
  return command
    .option("--open", "show the page in the browser, also where --html does not say where to keep it")
    .option("--quiet", "write files alone, and nothing to the terminal");
}

/** Shows a review in the terminal, and writes it into the files that were asked for. */
export function writeReview(review: Review, options: OutputOptions): void {
  if (!options.quiet) {
    console.log(terminalText(review));
  }
  const files = options.open ? { ...options, html: options.html ?? pageOfItsOwn() } : options;
  for (const format of Object.keys(formats) as Format[]) {
    const file = files[format];
    if (file !== undefined) {
      writeReadable(file, formats[format].write(review));
    }
  }
  if (files.html === undefined) {
    return;
  }
  const { href } = pathToFileURL(resolve(files.html));
  if (!options.quiet) {
    console.log(`\nThe page is ${href}`);
  }
  if (options.open) {
    openBrowser(href, process.env);
  }
}

/** The browser reads it after this process has ended. */
function pageOfItsOwn(): string {
  return join(mkdtempSync(join(tmpdir(), "mlp-review-")), "review.html");
}

/** No secret is in a review: others may read it, whatever is set for new files here. */
function writeReadable(file: string, content: string): void {
  writeOutput(file, content);
  if (statSync(file).isFile()) {
    chmodSync(file, 0o644);
  }
}

/** The file of the project that declares a stack, where there is a project: its team's, or its environment's. */
function fileOf({ environment }: Review): (stack: string) => string | undefined {
  const root = findProjectRoot(process.cwd());
  return (stack) => {
    const words = stack
      .slice(stack.startsWith(`${environment ?? ""}-`) ? (environment ?? "").length + 1 : 0)
      .split("-");
    const teams = words.map((_, index) => words.slice(0, words.length - index).join("-"));
    const files = [...teams.map((team) => `teams/${team}/team.yaml`), `environments/${environment ?? ""}.yaml`];
    return root === undefined ? undefined : files.find((file) => existsSync(join(root, file)));
  };
}
