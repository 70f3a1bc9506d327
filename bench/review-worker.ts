// Worker of review.ts: reads one plan's JSON. Arguments: `parse`, or what the review of it is written as; the file.
import { readFileSync } from "node:fs";

const [what, file] = process.argv.slice(2);

/** `JSON.parse` of the file and nothing else. */
function parse(): void {
  const plan = JSON.parse(readFileSync(file!, "utf8")) as { readonly resource_changes: readonly unknown[] };
  report(plan.resource_changes.length);
}

/** What `mlp review` does, until the text is there. */
async function review(): Promise<void> {
  const { readInputs } = await import("../tools/review/inputs");
  const { reviewPlans } = await import("../tools/review/review-plans");
  const { outputs } = await import("../tests/review/support/outputs");
  started = process.cpuUsage();
  const { stacks } = await readInputs([file!], () => Promise.reject(new Error("no plan file")));
  const reviewed = reviewPlans(stacks, { failOn: "high" });
  if (what !== "review") {
    outputs.get(what!)!(reviewed);
  }
  report(reviewed.stacks[0]!.changes.length + reviewed.stacks[0]!.unchanged);
}

let started = process.cpuUsage();

/** Seconds of CPU without those of loading modules, and the most memory that the process had. */
function report(changes: number): void {
  const { user, system } = process.cpuUsage(started);
  const { maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakMegabytes: Math.round(maxRSS / 1024), changes }));
}

if (what === "parse") {
  parse();
} else {
  void review();
}
