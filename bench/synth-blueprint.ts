// Worker of synth.ts: the sandbox's environment with a number of teams, through the blueprint. Arguments: teams, output folder.
import { App } from "cdktf";

import { acknowledgementsOf } from "../config/acknowledgements";
import { loadPlatform } from "../config/load";
import { acknowledge } from "../policies/acknowledge";
import { checkEnvironment } from "../policies/check";
import { makeStacks } from "../stacks/platform";
import { withoutTraces } from "../stacks/without-traces";
import { writeStacks } from "../stacks/write";
import { report } from "./measure";

const [count, outdir] = process.argv.slice(2);
const loaded = loadPlatform(process.cwd(), "sandbox");
if (!loaded.ok) {
  throw new Error(loaded.problems.join("\n"));
}
const [team] = Object.values(loaded.platform.teams);
const teams = Object.fromEntries(Array.from({ length: Number(count) }, (_, index) => [`team${index}`, team!]));
const app = new App({ outdir: outdir! });
const broken = withoutTraces(() => checkEnvironment(writeStacks(app, makeStacks(app, { ...loaded.platform, teams }))));
const today = new Date().toISOString().slice(0, 10);
const findings = acknowledge(broken, acknowledgementsOf(loaded.platform.environment), today);
if (findings.length > 0) {
  throw new Error(findings[0]!.message);
}
app.manifest.writeToFile();
report(outdir!);
