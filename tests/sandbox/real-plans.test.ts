import { copyFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

import { Sandbox } from "../../tools/sandbox/sandbox";
import { plannedLeaves, resourcesOf } from "./support/planned-resource";
import { findRealPlans, type RealPlans } from "./support/real-plans";
import { projectFolder, Workspace } from "./support/workspace";

/** Where the sandbox is known to plan something else, and why: configuration, address and path, as they are printed below. */
const knownDifferences: Readonly<Record<string, string>> = {
  "ingestion google_dataproc_cluster.c cluster_config.0.gce_cluster_config.0.service_account_scopes.0":
    "the provider writes out the short names of OAuth scopes",
  "pipelines google_workbench_instance.nb gce_setup.0.metadata.install-nvidia-driver":
    "the provider leaves out metadata that the service sets by itself",
};

const least = 0.99;
const plans = findRealPlans();

if (!plans) {
  test.skip("plans of the real provider: none here; name their folder in MLP_REAL_PLANS", () => undefined);
} else {
  test("the sandbox plans what the real provider planned", async () => {
    const report = await compareAll(plans);
    console.log(report.text);
    expect(report.resources).toBeGreaterThan(0);
    expect(report.unexpected).toEqual([]);
    expect(report.stale).toEqual([]);
    expect(report.share).toBeGreaterThanOrEqual(least);
  });
}

async function compareAll(real: RealPlans) {
  const root = projectFolder();
  const sandbox = await Sandbox.start({ root, projectNumbers: { "mlp-dev": "123456789012" } });
  let leaves = 0;
  let resources = 0;
  const differences: string[] = [];
  try {
    for (const name of real.names) {
      const planned = await planInSandbox(sandbox, real.files(name));
      for (const [address, resource] of real.planOf(name)) {
        resources++;
        const ours = planned.get(address);
        const theirs = plannedLeaves(resource);
        const mine = ours ? plannedLeaves(ours) : new Map<string, string>();
        for (const path of new Set([...theirs.keys(), ...mine.keys()])) {
          leaves++;
          if (theirs.get(path) !== mine.get(path)) {
            const shown = [theirs, mine].map((side) => (side.get(path) ?? "nothing").slice(0, 120));
            differences.push(`${name} ${address} ${path}: real ${shown[0]!}, sandbox ${shown[1]!}`);
          }
        }
      }
    }
  } finally {
    await sandbox.close();
    rmSync(root, { recursive: true });
  }
  const share = (leaves - differences.length) / leaves;
  const reasonOf = (line: string) => Object.entries(knownDifferences).find(([key]) => line.startsWith(`${key}: `))?.[1];
  return {
    resources,
    share,
    unexpected: differences.filter((line) => reasonOf(line) === undefined),
    stale: Object.keys(knownDifferences).filter((key) => !differences.some((line) => line.startsWith(`${key}: `))),
    text: [
      `${(share * 100).toFixed(2)} % of ${leaves} planned leaf values of ${resources} resources agree`,
      ...differences.map((line) => `${line} (${reasonOf(line) ?? "not expected"})`),
    ].join("\n"),
  };
}

async function planInSandbox(sandbox: Sandbox, files: readonly string[]) {
  const workspace = new Workspace(sandbox);
  try {
    files.forEach((file) => {
      copyFileSync(file, join(workspace.folder, basename(file)));
    });
    await workspace.init();
    const outcome = await workspace.terraform("plan", "-input=false", "-out=plan");
    expect(outcome).toMatchObject({ code: 0 });
    return resourcesOf((await workspace.terraform("show", "-json", "plan")).text);
  } finally {
    workspace.remove();
  }
}
