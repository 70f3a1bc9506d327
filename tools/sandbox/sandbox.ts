import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Cloud } from "./cloud";
import { Creations, type IsManaged } from "./creations";
import { Lock, type LockContent } from "./lock";
import { ProjectNumbers } from "./project";
import { ProviderServer } from "./protocol/server";
import { type Interceptor, prepareSchemas } from "./protocol/service";
import { Provider } from "./provider/provider";
import { Catalogue } from "./schema/catalogue";
import type { Runtime } from "./runtime";
import { Watchman } from "./watchman";

/** How to start a sandbox. */
export interface SandboxOptions {
  /** Project folder: state is kept in `.sandbox/` inside of it. */
  readonly root: string;

  /**
   * Project numbers by project id.
   * @default - 12 digits derived from the project id
   */
  readonly projectNumbers?: Readonly<Record<string, string>>;

  /**
   * Whether a Terraform state holds a resource: what one holds cannot be created again.
   * @default - no state is known, only what Terraform has shown since
   */
  readonly isManaged?: IsManaged;

  /**
   * Stands between every call and its answer, for tests.
   * @default - calls are answered
   */
  readonly intercept?: Interceptor;

  /**
   * Reads the schemas as soon as the caller waits for something else.
   * @default - when Terraform asks for them
   */
  readonly readSchemasAhead?: boolean;

  /**
   * Serves Google's APIs too, and runs what Terraform makes: so many simulated seconds pass per real one.
   * @default - Terraform alone is served, and no time passes
   */
  readonly pace?: number;

  /**
   * Seconds in which a grant that was just made does not count.
   * @default - grants work at once
   */
  readonly iamDelaySeconds?: number;
}

/** Another live sandbox holds the state of this folder. */
export class SandboxRunningError extends Error {
  override readonly name = "SandboxRunningError";
}

const providers = ["google", "google-beta"] as const;

/** Terraform and OpenTofu each look for providers in a registry of their own. */
const registries = ["registry.terraform.io", "registry.opentofu.org"];

/** Longest path of a socket in bytes that every system takes. */
const maxSocketPath = 100;

/** Stands in for Google Cloud behind the real Terraform engine. */
export class Sandbox {
  /**
   * Starts serving from this process. Throws `SandboxRunningError` where another one serves the same folder; what a killed
   * one left behind is replaced.
   */
  static async start(options: SandboxOptions): Promise<Sandbox> {
    const root = resolve(options.root);
    const lock = new Lock(root);
    await clearStale(lock);

    mkdirSync(join(root, ".sandbox"), { recursive: true });
    writeFileSync(cliConfig(root), "");
    const numbers = new ProjectNumbers(options.projectNumbers);
    const cloud = new Cloud(root);
    const creations = new Creations(root, options.isManaged);
    const servers: ProviderServer[] = [];
    const catalogues: Catalogue[] = [];
    const watchman = await Watchman.start();
    const sockets = mkdtempSync(join(socketParent(), "mlp-"));
    // Its modules take a while to load, and most commands do without.
    const port = options.pace === undefined ? undefined : await (await import("./runtime")).RuntimePort.open();
    const content: LockContent = { pid: process.pid, sockets, ...(port && { apis: port.url }) };
    const stop = async () => {
      await port?.close();
      await Promise.all(servers.map((server) => server.close()));
      watchman.stop();
      removeSockets(sockets);
    };
    let runtime: Runtime | undefined;
    try {
      for (const name of providers) {
        const catalogue = new Catalogue(name, join(root, ".sandbox", "cache"));
        const newProvider = () => new Provider(catalogue, cloud, numbers, creations, options.iamDelaySeconds);
        servers.push(await ProviderServer.listen(socketOf(sockets, name), newProvider, options.intercept));
        catalogues.push(catalogue);
      }
      if (!lock.take(content)) {
        throw runningError(lock.read());
      }
      runtime = port?.begin({ root, cloud, numbers, pace: options.pace! });
    } catch (error) {
      lock.release(content);
      await stop();
      throw error;
    }
    if (options.readSchemasAhead) {
      catalogues.forEach((catalogue) => setImmediate(readAhead, catalogue));
    }
    const close = async () => {
      runtime?.close();
      lock.release(content);
      await stop();
    };
    return new Sandbox(root, content, watchman, close, runtime);
  }

  /** A handle on a sandbox that another process serves; `undefined` where none does. */
  static async attach(root: string): Promise<Sandbox | undefined> {
    const content = new Lock(root).read();
    if (!content || !(await isServing(content))) {
      return undefined;
    }
    const watchman = await Watchman.start();
    return new Sandbox(resolve(root), content, watchman, () => {
      watchman.stop();
      return Promise.resolve();
    });
  }

  private closing: Promise<void> | undefined;

  private constructor(
    private readonly root: string,
    private readonly content: LockContent,
    private readonly watchman: Watchman,
    private readonly stop: () => Promise<void>,
    /** What runs in this process, where it was asked for. */
    readonly runtime?: Runtime,
  ) {}

  /** Where Google's APIs answer; `undefined` where the sandbox serves Terraform alone. */
  get apis(): string | undefined {
    return this.content.apis;
  }

  /**
   * Variables that point a child process to the sandbox. Ask for them just before each start of a child. Throws where the
   * sandbox has ended: Terraform answers a dead socket by killing the process that it was told of.
   */
  get environment(): Readonly<Record<string, string>> {
    const { sockets } = this.content;
    const paths = providers.map((name) => socketOf(sockets, name));
    const isHeld = new Lock(this.root).read()?.sockets === sockets;
    if (this.closing || !isHeld || !paths.every((path) => existsSync(path))) {
      throw new Error(`the sandbox of ${this.root} has ended; start it again`);
    }
    const reattach = registries.flatMap((registry) =>
      providers.map((name, index) => [
        `${registry}/hashicorp/${name}`,
        {
          Protocol: "grpc",
          ProtocolVersion: 5,
          Pid: this.watchman.pid,
          Test: true,
          Addr: { Network: "unix", String: paths[index]! },
        },
      ]),
    );
    return {
      TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(reattach)),
      TF_CLI_CONFIG_FILE: cliConfig(this.root),
      TF_IN_AUTOMATION: "1",
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CHECKPOINT_DISABLE: "1",
    };
  }

  /** Stops serving and removes sockets and lock; the state stays. A handle from `attach` leaves the sandbox running. */
  async close(): Promise<void> {
    await (this.closing ??= this.stop());
  }
}

/** Environment of a child process: `base` without what Google's tools and libraries take credentials from, plus the sandbox's. */
export function childEnvironment(sandbox: Sandbox, base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !/^(GOOGLE|CLOUDSDK|GCLOUD|GCP|GCE)_/i.test(name));
  return { ...Object.fromEntries(kept), ...sandbox.environment };
}

/** What goes wrong is told to the Terraform that asks. */
function readAhead(catalogue: Catalogue): void {
  try {
    prepareSchemas(catalogue);
  } catch {
    return;
  }
}

function socketOf(folder: string, provider: string): string {
  return join(folder, `${provider}.sock`);
}

/** Removes the sockets and their folder, and nothing else: the path of a stale folder comes from a file that anyone may edit. */
function removeSockets(folder: string): void {
  providers.forEach((name) => {
    rmSync(socketOf(folder, name), { force: true });
  });
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
}

function cliConfig(root: string): string {
  return join(root, ".sandbox", "terraform.rc");
}

/** The temporary folder, unless it is not there or its name is too long for a socket. */
function socketParent(): string {
  const longest = socketOf(join(tmpdir(), "mlp-XXXXXX"), "google-beta");
  return existsSync(tmpdir()) && Buffer.byteLength(longest) <= maxSocketPath ? tmpdir() : "/tmp";
}

async function clearStale(lock: Lock): Promise<void> {
  const holder = lock.read();
  if (!holder) {
    lock.removeDamaged();
    return;
  }
  if (await isServing(holder)) {
    throw runningError(holder);
  }
  lock.release(holder);
  removeSockets(holder.sockets);
}

function runningError(holder: LockContent | undefined): SandboxRunningError {
  return new SandboxRunningError(
    `process ${holder?.pid ?? "(unknown)"} runs a sandbox in this folder already; use that one, or end it first`,
  );
}

async function isServing({ sockets }: LockContent): Promise<boolean> {
  const answers = await Promise.all(providers.map((name) => isAnswering(socketOf(sockets, name))));
  return answers.every(Boolean);
}

async function isAnswering(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => {
      finish(false);
    });
    socket.once("connect", () => {
      finish(true);
    });
    socket.once("error", () => {
      finish(false);
    });
  });
}
