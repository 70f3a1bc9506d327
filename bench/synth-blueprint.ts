// Worker of synth.ts: the sandbox's environment with a number of teams, through the blueprint. Arguments: teams, output folder.
import { App } from "cdktf";

import { acknowledgementsOf } from "../config/acknowledgements";
import { loadPlatform } from "../config/load";
import { acknowledge } from "../policies/acknowledge";
import { checkStacks } from "../policies/check";
import { makeStacks } from "../stacks/platform";
import { withoutTraces } from "../stacks/without-traces";
import { report } from "./measure";

const [count, outdir] = process.argv.slice(2);
const loaded = loadPlatform(process.cwd(), "sandbox");
if (!loaded.ok) {
  throw new Error(loaded.problems.join("\n"));
}
const [team] = Object.values(loaded.platform.teams);
const teams = Object.fromEntries(Array.from({ length: Number(count) }, (_, index) => [`team${index}`, team!]));
const app = new App({ outdir: outdir! });
const stacks = withoutTraces(() => Array.from(makeStacks(app, { ...loaded.platform, teams }), (stack) => stack.seal()));
const today = new Date().toISOString().slice(0, 10);
const findings = acknowledge(checkStacks(stacks), acknowledgementsOf(loaded.platform.environment), today);
if (findings.length > 0) {
  throw new Error(findings[0]!.message);
}
withoutTraces(() => app.synth());
report(outdir!);
