import { statfsSync } from "node:fs";

import { Command } from "commander";
import pc from "picocolors";

import { projectRoot } from "../project";
import { findTerraform } from "../terraform";
import { UserError } from "../user-error";

/** What one check found. */
interface Diagnosis {
  readonly ok: boolean;
  readonly what: string;
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .summary("check that this machine has what is needed")
    .description("check that this machine has what the platform needs")
    .action(async () => {
      const diagnoses = [node(), await terraform(), disk(projectRoot())];
      for (const { ok, what } of diagnoses) {
        console.log(`${ok ? pc.green("ok     ") : pc.red("missing")} ${what}`);
      }
      if (diagnoses.some(({ ok }) => !ok)) {
        process.exitCode = 1;
      }
    });
}

function node(): Diagnosis {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 9)
    ? { ok: true, what: `Node ${process.versions.node}` }
    : { ok: false, what: `Node 20.9 or newer, got ${process.versions.node}: install it from https://nodejs.org` };
}

async function terraform(): Promise<Diagnosis> {
  try {
    const { command, version } = await findTerraform(process.env);
    return { ok: true, what: `${command === "tofu" ? "OpenTofu" : "Terraform"} ${version}` };
  } catch (error) {
    if (error instanceof UserError) {
      return { ok: false, what: error.message };
    }
    throw error;
  }
}

/** The sandbox keeps about 20 MB; `cdktf.out` and Terraform's working files need the rest. */
function disk(root: string): Diagnosis {
  const { bavail, bsize } = statfsSync(root);
  const megabytes = Math.floor((Number(bavail) * Number(bsize)) / 1e6);
  return megabytes >= 500
    ? { ok: true, what: `${megabytes} MB of disk free` }
    : { ok: false, what: `500 MB of free disk, got ${megabytes} MB: free some in ${root}` };
}
