import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { restoreStates } from "../../../tools/cli/terraform-state";
import { Cloud } from "../../../tools/sandbox/cloud";
import type { Interceptor } from "../../../tools/sandbox/protocol/service";
import { Sandbox } from "../../../tools/sandbox/sandbox";
import { parseJson } from "../../../tools/sandbox/values/json";
import { canonical, type ValueObject } from "../../../tools/sandbox/values/value";
import { type Config, type Outcome, projectFolder, Workspace } from "./workspace";

/** Who is killed, and when. */
export type Kill = "sandbox before the change" | "sandbox after the change" | "terraform";

/** Which call of a run is broken off: the n-th of all, or the n-th that changes something. */
export interface Moment {
  readonly call: number;
  readonly of: "all" | "changes";
  readonly kill: Kill;
}

/** A stack, the sandbox it lives in and the Terraform state, to be broken and mended over and over. */
export class KillLane {
  readonly root: string;
  /** Terraform without its garbage collector: runs are many and short. */
  readonly workspace = new Workspace(undefined, { GOGC: "off" });
  private readonly snapshots: string;
  /** Calls of the last run. */
  calls: string[] = [];
  /** Runs after which Terraform's lock file was still there. */
  locksLeft = 0;
  /** Runs after which Terraform's state file was empty. */
  statesEmptied = 0;

  private sandbox: Sandbox | undefined;
  /** Terraform may be done before the sandbox that was killed beside it has let go of its lock. */
  private stopping: Promise<void> = Promise.resolve();
  private moment: Moment | undefined;
  private changes = 0;

  /**
   * @param types resource types in use
   * @param setUp makes what was there before
   */
  constructor(types: readonly string[], setUp: (cloud: Cloud) => void) {
    this.root = projectFolder(types);
    this.snapshots = mkdirNew(join(this.root, "snapshots"));
    setUp(new Cloud(this.root));
  }

  /** Runs Terraform; the call of a moment is broken off. A sandbox that was killed before is started again. */
  async run(work: (workspace: Workspace) => Promise<Outcome>, moment?: Moment): Promise<Outcome> {
    this.calls = [];
    this.changes = 0;
    this.moment = moment;
    await this.stopping;
    this.sandbox ??= await Sandbox.start({ root: this.root, intercept: this.intercept });
    this.workspace.use(this.sandbox);
    const outcome = await work(this.workspace);
    this.moment = undefined;
    this.locksLeft += existsSync(join(this.workspace.folder, ".terraform.tfstate.lock.info")) ? 1 : 0;
    return outcome;
  }

  /** Runs Terraform against a sandbox that another process serves. */
  async runAgainst(other: Sandbox, work: (workspace: Workspace) => Promise<Outcome>): Promise<Outcome> {
    await this.stop();
    this.workspace.use(other);
    return work(this.workspace);
  }

  private readonly intercept: Interceptor = (method, answer) => {
    const isChange = method === "ApplyResourceChange";
    this.calls.push(method);
    this.changes += isChange ? 1 : 0;
    const isMoment =
      this.moment?.of === "all"
        ? this.calls.length === this.moment.call
        : isChange && this.changes === this.moment?.call;
    return isMoment ? this.breakOff(this.moment!.kill, answer) : answer();
  };

  /** What a killed process leaves is on the disk: closing drops the memory and every connection at once, and answers nobody. */
  private breakOff(kill: Kill, answer: () => object): object {
    if (kill === "terraform") {
      this.workspace.kill();
      return answer();
    }
    const made = kill === "sandbox after the change" ? answer() : {};
    this.stopping = this.stop();
    return made;
  }

  private async stop(): Promise<void> {
    const sandbox = this.sandbox;
    this.sandbox = undefined;
    await this.stopping;
    await sandbox?.close();
  }

  /** What `mlp` does before it deploys. */
  mend(): void {
    this.statesEmptied += restoreStates(this.workspace.folder).length;
  }

  /** All resources of the cloud, without the times that Google sets. */
  cloud(): string[] {
    return new Cloud(this.root)
      .list()
      .map(({ type, values }) => line(type, values))
      .sort();
  }

  /** Those of them that Terraform manages: all but what was there before, and what Google keeps of what is destroyed. */
  managed(): string[] {
    const held = new Set(this.state().map((line) => line.split(" ", 2).join(" ")));
    return this.cloud().filter((line) => held.has(line.split(" ", 2).join(" ")));
  }

  /** Whether the state file is another than it was. */
  hasChangedState(snapshot: string): boolean {
    const [now, then] = [this.workspace.folder, join(this.snapshots, snapshot)].map((folder) => {
      const file = join(folder, "terraform.tfstate");
      return existsSync(file) ? readFileSync(file, "utf8") : "";
    });
    return now !== then;
  }

  /** All resources of Terraform's state, in the same form. */
  state(): string[] {
    const file = join(this.workspace.folder, "terraform.tfstate");
    const content = existsSync(file) ? readFileSync(file, "utf8") : "";
    const { resources = [] } = (content === "" ? {} : parseJson(content)) as {
      resources?: { type: string; instances: { attributes: ValueObject }[] }[];
    };
    return resources.flatMap(({ type, instances }) => instances.map(({ attributes }) => line(type, attributes))).sort();
  }

  save(name: string): void {
    const folder = mkdirNew(join(this.snapshots, name));
    for (const part of this.parts()) {
      if (existsSync(part.path)) {
        cpSync(part.path, join(folder, part.name), { recursive: true });
      }
    }
  }

  async restore(name: string): Promise<void> {
    await this.stop();
    for (const part of this.parts()) {
      rmSync(part.path, { recursive: true, force: true });
      const saved = join(this.snapshots, name, part.name);
      if (existsSync(saved)) {
        cpSync(saved, part.path, { recursive: true });
      }
    }
  }

  write(config: Config): void {
    this.workspace.write(config);
  }

  async remove(): Promise<void> {
    await this.stop();
    this.workspace.remove();
    rmSync(this.root, { recursive: true });
  }

  private parts(): { readonly name: string; readonly path: string }[] {
    return [
      ...["cloud", "creations"].map((name) => ({ name, path: join(this.root, ".sandbox", name) })),
      ...["terraform.tfstate", "terraform.tfstate.backup", ".terraform.tfstate.lock.info"].map((name) => ({
        name,
        path: join(this.workspace.folder, name),
      })),
    ];
  }
}

/** A resource in one line, its keys in order, without the times that Google sets. */
function line(type: string, values: ValueObject): string {
  return `${type} ${String(values["id"])} ${canonical(values)}`.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "(time)");
}

function mkdirNew(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
