import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { childEnvironment, type Sandbox } from "../../../tools/sandbox/sandbox";
import { Catalogue } from "../../../tools/sandbox/schema/catalogue";

/** Parsed bindings of this repository: reading them again takes seconds. */
const sharedCache = join(__dirname, "../../../.sandbox/cache");

/**
 * An empty project folder for a sandbox.
 * @param types the only resource types that it knows: Terraform reads all schemas in every run, and takes three times as long
 * @default - all types of the bindings
 */
export function projectFolder(types?: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  const cache = join(root, ".sandbox", "cache");
  mkdirSync(sharedCache, { recursive: true });
  mkdirSync(join(root, ".sandbox"));
  if (types) {
    keepTypes(types, cache);
  } else {
    symlinkSync(sharedCache, cache);
  }
  return root;
}

function keepTypes(types: readonly string[], cache: string): void {
  new Catalogue("google", sharedCache).load();
  mkdirSync(cache);
  for (const name of readdirSync(sharedCache).filter((file) => /^google@.*\.json$/.test(file))) {
    const schemas = JSON.parse(readFileSync(join(sharedCache, name), "utf8")) as { resources: object };
    const resources = Object.fromEntries(Object.entries(schemas.resources).filter(([type]) => types.includes(type)));
    writeFileSync(join(cache, name), JSON.stringify({ ...schemas, resources, dataSources: {} }));
  }
}

export interface Outcome {
  readonly code: number | null;
  /** Output and errors. */
  readonly text: string;
}

type Blocks = Readonly<Record<string, unknown>>;

/** Terraform's JSON configuration, without providers: `resource`, `data`, `import`, ... */
export interface Config {
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly data?: Readonly<Record<string, Blocks>>;
  readonly [block: string]: unknown;
}

const providers = {
  google: {
    project: "acme-ml",
    region: "europe-west4",
    default_labels: { env: "test" },
  },
  "google-beta": {
    project: "acme-ml",
    region: "europe-west4",
    default_labels: { env: "test" },
  },
};

/** A folder that the real Terraform works in, with the sandbox as its cloud. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "sandbox-workspace-"));

  private running: ChildProcess | undefined;

  /** @param more environment of Terraform beside the sandbox's */
  constructor(
    private sandbox?: Sandbox,
    private readonly more: NodeJS.ProcessEnv = {},
  ) {}

  /** Goes on with another sandbox. */
  use(sandbox: Sandbox): void {
    this.sandbox = sandbox;
  }

  write(config: Config): void {
    const terraform = {
      required_providers: {
        google: { source: "hashicorp/google" },
        "google-beta": { source: "hashicorp/google-beta" },
      },
    };
    writeFileSync(
      join(this.folder, "main.tf.json"),
      JSON.stringify({ terraform, provider: providers, ...config }, null, 2),
    );
  }

  /** Runs Terraform with arguments such as `plan -detailed-exitcode`. */
  async terraform(...args: string[]): Promise<Outcome> {
    const child = spawn("terraform", [...args, "-no-color"], {
      cwd: this.folder,
      env: { ...childEnvironment(this.sandbox!, process.env), ...this.more },
    });
    this.running = child;
    let text = "";
    child.stdout.on("data", (chunk) => (text += String(chunk)));
    child.stderr.on("data", (chunk) => (text += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, text };
  }

  /** Kills the Terraform that runs now, as the system does when it runs out of memory. */
  kill(): void {
    this.running?.kill("SIGKILL");
  }

  async init(): Promise<Outcome> {
    return this.terraform("init");
  }

  async apply(): Promise<Outcome> {
    return this.terraform("apply", "-auto-approve", "-input=false");
  }

  /** Exit code 0 means no changes, 2 changes. */
  async plan(...more: string[]): Promise<Outcome> {
    return this.terraform("plan", "-detailed-exitcode", "-input=false", ...more);
  }

  async destroy(): Promise<Outcome> {
    return this.terraform("destroy", "-auto-approve");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
