import { App } from "cdktf";

import { acknowledgementsOf } from "./config/acknowledgements";
import { loadPlatform, requestedEnvironment } from "./config/load";
import { acknowledge } from "./policies/acknowledge";
import { checkEnvironment, formatFinding } from "./policies/check";
import { makeStacks } from "./stacks/platform";
import { withoutTraces } from "./stacks/without-traces";
import { writeStacks } from "./stacks/write";

function main(): void {
  const loaded = loadPlatform(process.cwd(), requestedEnvironment(process.env));
  if (!loaded.ok) {
    return fail(loaded.problems);
  }
  const app = new App();
  const broken = withoutTraces(() => checkEnvironment(writeStacks(app, makeStacks(app, loaded.platform))));
  const today = new Date().toISOString().slice(0, 10);
  const findings = acknowledge(broken, acknowledgementsOf(loaded.platform.environment), today);
  if (findings.length > 0) {
    return fail(findings.map(formatFinding));
  }
  app.manifest.writeToFile();
}

function fail(lines: readonly string[]): void {
  console.error(lines.join("\n"));
  process.exitCode = 1;
}

main();
