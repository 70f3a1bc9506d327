import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readPlanJson } from "../../../tools/review/plan/read";
import type { Plan } from "../../../tools/review/plan/plan";
import { Cloud } from "../../../tools/sandbox/cloud";
import { Sandbox } from "../../../tools/sandbox/sandbox";
import { type Outcome, projectFolder, Workspace } from "../../sandbox/support/workspace";

export interface RealPlan {
  /** What `terraform show -json` printed. */
  readonly json: string;
  readonly plan: Plan;
  /** Exit code of `terraform plan -detailed-exitcode`, and what it printed. */
  readonly planned: Outcome;
}

/** The real Terraform, with the sandbox as its cloud, in a folder that first has `real/before` and then `real/after`. */
export class RealTerraform {
  private readonly root = projectFolder(["google_storage_bucket"]);
  private readonly cloud = new Cloud(this.root);
  private readonly workspace = new Workspace();
  private sandbox: Sandbox | undefined;

  async start(): Promise<void> {
    this.sandbox = await Sandbox.start({ root: this.root });
    this.workspace.use(this.sandbox);
    this.use("before");
    await this.workspace.init();
    expect(await this.workspace.apply()).toMatchObject({ code: 0 });
  }

  use(name: "before" | "after"): void {
    cpSync(join(__dirname, "real", name), this.workspace.folder, { recursive: true });
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.workspace.folder, file), text);
  }

  async plan(...args: readonly string[]): Promise<RealPlan> {
    const planned = await this.workspace.plan("-out=plan.tfplan", ...args);
    const shown = await this.workspace.terraform("show", "-json", "plan.tfplan");
    const json = shown.text.slice(shown.text.indexOf("{"));
    return { json, plan: readPlanJson("plan.json", Buffer.from(shown.text)), planned };
  }

  /** Changes buckets behind Terraform's back. */
  relabel(names: readonly string[], label: string): void {
    for (const name of names) {
      const labels = { tier: label };
      const { values } = this.cloud.get("google_storage_bucket", name)!;
      const drifted = { ...values, labels, effective_labels: labels, terraform_labels: labels };
      this.cloud.put({ type: "google_storage_bucket", id: name, values: drifted });
    }
  }

  /** Makes a bucket behind Terraform's back. */
  copy(from: string, to: string): void {
    const { values } = this.cloud.get("google_storage_bucket", from)!;
    const copied = JSON.parse(JSON.stringify(values).replaceAll(from, to)) as typeof values;
    this.cloud.put({ type: "google_storage_bucket", id: to, values: copied });
  }

  /** Leaves the state as an apply does that failed half way: an object is tainted, and another one has a deposed object. */
  breakState(tainted: string, withDeposed: string): void {
    const file = join(this.workspace.folder, "terraform.tfstate");
    const state = JSON.parse(readFileSync(file, "utf8")) as {
      serial: number;
      resources: { name: string; instances: Record<string, unknown>[] }[];
    };
    const instances = (name: string) => state.resources.find((resource) => resource.name === name)!.instances;
    instances(tainted)[0]!["status"] = "tainted";
    instances(withDeposed).push({ ...instances(withDeposed)[0], deposed: "01234567" });
    writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
  }

  async close(): Promise<void> {
    await this.sandbox?.close();
    this.workspace.remove();
    rmSync(this.root, { recursive: true });
  }
}
