// Calls to a sandbox that holds 10 resources, and to one that holds 10,000 of the same type; then a Terraform plan of a stack of 20.
// Both run at the same time and are called in turn.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Table from "cli-table3";

import { Cloud } from "../tools/sandbox/cloud";
import type { ValueObject } from "../tools/sandbox/values/value";
import { median } from "./median";
import { ProviderClient } from "./provider-client";
import { SandboxProcess } from "./sandbox-process";

const [few, many] = [10, Number(process.argv[2] ?? 10_000)];
const rounds = 50;
const plans = 5;
const type = "google_pubsub_topic";
const project = "acme";

/** A sandbox with resources in it, and what its calls took. */
class Subject {
  static async start(root: string, stored: number): Promise<Subject> {
    const cloud = new Cloud(root);
    const service = "pubsub.googleapis.com";
    cloud.put({ type: "google_project_service", id: `${project}/${service}`, values: { project, service } });
    const sandbox = await SandboxProcess.start(root);
    const client = new ProviderClient(sandbox.socket);
    await client.configure({ project, region: "europe-west4" });
    const subject = new Subject(root, sandbox, client, await sandbox.megabytes());

    const sample = (await subject.create("sample")) as ValueObject;
    for (let index = 1; index < stored; index += 1) {
      const name = `topic-${index}`;
      const id = `projects/${project}/topics/${name}`;
      cloud.put({ type, id, values: { ...sample, id, name } });
    }
    return subject;
  }

  readonly times = new Map<string, number[]>();

  private constructor(
    readonly root: string,
    readonly sandbox: SandboxProcess,
    private readonly client: ProviderClient,
    /** Memory before the first call. */
    readonly megabytesAtStart: number,
  ) {}

  async create(name: string) {
    const planned = await this.timed("plan", () => this.client.plan(type, { name }));
    return this.timed("create", () => this.client.apply(type, null, planned));
  }

  /** One call of each kind; there are as many resources afterwards as before. */
  async round(index: number): Promise<void> {
    const name = `round-${index}`;
    const state = await this.create(name);
    await this.timed("read", () => this.client.read(type, state));
    await this.timed("list (import by name)", () => this.client.import(type, name));
    await this.timed("delete", () => this.client.apply(type, state, null));
  }

  /** A stack of its own, applied. */
  writeStack(): void {
    mkdirSync(this.stack);
    const names = Array.from({ length: 20 }, (_, index) => `stack-${index}`);
    const topics = Object.fromEntries(names.map((name) => [name, { name }]));
    writeFileSync(
      join(this.stack, "main.tf.json"),
      JSON.stringify({
        terraform: { required_providers: { google: { source: "hashicorp/google" } } },
        provider: { google: { project, region: "europe-west4" } },
        resource: { [type]: topics },
      }),
    );
    this.terraform("init");
    this.terraform("apply", "-auto-approve");
  }

  terraform(...args: string[]): void {
    const options = { cwd: this.stack, env: this.sandbox.environment, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("terraform", [...args, "-input=false", "-no-color"], options);
    if (status !== 0) {
      throw new Error(`terraform ${args.join(" ")} ended with ${status}:\n${stderr}`);
    }
  }

  async timed<T>(call: string, work: () => T | Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.times.set(call, [...(this.times.get(call) ?? []), performance.now() - started]);
    return result;
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.sandbox.stop();
  }

  private get stack(): string {
    return join(this.root, "stack");
  }
}

async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "mlp-bench-"));
  try {
    const subjects: Subject[] = [];
    for (const stored of [few, many]) {
      const root = join(work, `${stored}`);
      mkdirSync(root);
      subjects.push(await Subject.start(root, stored));
    }
    // The first round reads what was stored, and compiles.
    for (let index = 0; index <= rounds; index += 1) {
      for (const subject of subjects) {
        await subject.round(index);
        if (index === 0) {
          subject.times.clear();
        }
      }
    }
    subjects.forEach((subject) => subject.writeStack());
    for (let index = 0; index < plans; index += 1) {
      for (const subject of subjects) {
        await subject.timed("terraform plan of 20 others", () => subject.terraform("plan", "-detailed-exitcode"));
      }
    }
    await print(subjects[0]!, subjects[1]!);
    await Promise.all(subjects.map((subject) => subject.stop()));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function print(small: Subject, large: Subject): Promise<void> {
  const table = new Table({
    head: ["", `${few} stored`, `${many.toLocaleString("en")} stored`, "ratio"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  const row = (what: string, unit: string, digits: number, one: number, other: number) =>
    table.push([`${what}, ${unit}`, one.toFixed(digits), other.toFixed(digits), (other / one).toFixed(2)]);
  for (const [call, times] of small.times) {
    row(call, "ms", 2, median(times), median(large.times.get(call)!));
  }
  row("memory at start", "MB", 0, small.megabytesAtStart, large.megabytesAtStart);
  row("memory at the end", "MB", 0, await small.sandbox.megabytes(), await large.sandbox.megabytes());
  console.log(table.toString());
}

void main();
