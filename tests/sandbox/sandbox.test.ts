import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { childEnvironment, Sandbox, SandboxRunningError } from "../../tools/sandbox/sandbox";
import { projectFolder } from "./support/workspace";

let root: string;
const started: Sandbox[] = [];

beforeEach(() => {
  root = projectFolder();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((sandbox) => sandbox.close()));
  rmSync(root, { recursive: true });
});

async function start(folder = root): Promise<Sandbox> {
  const sandbox = await Sandbox.start({ root: folder });
  started.push(sandbox);
  return sandbox;
}

interface Reattach {
  readonly Pid: number;
  readonly Test: boolean;
  readonly Addr: { readonly String: string };
}

function reattach(sandbox: Sandbox): Record<string, Reattach> {
  return JSON.parse(sandbox.environment["TF_REATTACH_PROVIDERS"]!) as Record<string, Reattach>;
}

test("Terraform and OpenTofu are pointed to both providers, over short private sockets", async () => {
  const sandbox = await start();
  const providers = reattach(sandbox);

  expect(Object.keys(providers)).toEqual([
    "registry.terraform.io/hashicorp/google",
    "registry.terraform.io/hashicorp/google-beta",
    "registry.opentofu.org/hashicorp/google",
    "registry.opentofu.org/hashicorp/google-beta",
  ]);
  const socket = providers["registry.terraform.io/hashicorp/google-beta"]!.Addr.String;
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  expect(sandbox.environment).toMatchObject({
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  });
  expect(readFileSync(sandbox.environment["TF_CLI_CONFIG_FILE"]!, "utf8")).toBe("");
});

test("Terraform never gets the id of this process: it would be killed for a dead socket", async () => {
  const { Pid } = Object.values(reattach(await start()))[0]!;

  expect(Pid).not.toBe(process.pid);
  expect(() => process.kill(Pid, 0)).not.toThrow();
});

test("the environment of a child has no Google credentials", async () => {
  const sandbox = await start();
  const environment = childEnvironment(sandbox, {
    PATH: "/bin",
    GOOGLE_APPLICATION_CREDENTIALS: "/key.json",
    CLOUDSDK_AUTH_ACCESS_TOKEN: "x",
    GCLOUD_PROJECT: "p",
    TF_REATTACH_PROVIDERS: "stale",
  });

  expect(environment).toEqual({ PATH: "/bin", ...sandbox.environment });
});

test("closing removes sockets and lock, keeps the state, and may be done twice", async () => {
  const sandbox = await start();
  const socket = Object.values(reattach(sandbox))[0]!.Addr.String;
  await Promise.all([sandbox.close(), sandbox.close()]);
  await sandbox.close();

  expect(existsSync(dirname(socket))).toBe(false);
  expect(readdirSync(join(root, ".sandbox")).sort()).toEqual(["cache", "terraform.rc"]);
  expect(() => sandbox.environment).toThrow(`the sandbox of ${root} has ended; start it again`);
});

test("only one sandbox holds a folder; another folder is free", async () => {
  await start();

  await expect(Sandbox.start({ root })).rejects.toThrow(SandboxRunningError);
  await expect(Sandbox.start({ root })).rejects.toThrow(
    `process ${process.pid} runs a sandbox in this folder already; use that one, or end it first`,
  );
  const other = projectFolder();
  await start(other);
  rmSync(other, { recursive: true });
});

test("one of two that start at once wins", async () => {
  const outcomes = await Promise.allSettled([Sandbox.start({ root }), Sandbox.start({ root })]);
  const winners = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  started.push(...winners);

  expect(winners).toHaveLength(1);
  expect(winners[0]!.environment).toBeDefined();
});

test("what a killed sandbox left is replaced", async () => {
  mkdirSync(join(root, ".sandbox"), { recursive: true });
  writeFileSync(join(root, ".sandbox", "lock"), JSON.stringify({ pid: 1, sockets: "/nowhere" }));

  expect(await Sandbox.attach(root)).toBeUndefined();
  expect(await start()).toBeDefined();
});

test.each(["", '{"pid": 12, "sock', "null", "[]", '{"pid": 12}'])(
  "a lock that holds '%s' is nobody's",
  async (content) => {
    writeFileSync(join(root, ".sandbox", "lock"), content);

    expect(await Sandbox.attach(root)).toBeUndefined();
    await start();
    expect(await Sandbox.attach(root)).toBeDefined();
  },
);

test("a sandbox whose folder was deleted has ended: another one may have it by then", async () => {
  const sandbox = await start();
  rmSync(join(root, ".sandbox"), { recursive: true });
  expect(() => sandbox.environment).toThrow(`the sandbox of ${root} has ended; start it again`);

  const second = await start();
  await sandbox.close();
  expect(second.environment).toBeDefined();
});

test("a project folder that cannot hold the state leaves no sockets behind", async () => {
  rmSync(join(root, ".sandbox"), { recursive: true });
  writeFileSync(join(root, ".sandbox"), "");
  const sockets = () => readdirSync(tmpdir()).filter((name) => /^mlp-\w{6}$/.test(name));
  const before = sockets();

  await expect(Sandbox.start({ root })).rejects.toThrow("EEXIST");
  expect(sockets().filter((name) => !before.includes(name))).toEqual([]);
});

test.each(["/no/such/folder", `/tmp/${"long-".repeat(30)}`])(
  "sockets are in /tmp where TMPDIR does not do: case %#",
  async (folder) => {
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = folder;
    try {
      const { Addr } = Object.values(reattach(await start()))[0]!;
      expect(dirname(dirname(Addr.String))).toBe("/tmp");
    } finally {
      if (before === undefined) {
        delete process.env["TMPDIR"];
      } else {
        process.env["TMPDIR"] = before;
      }
    }
  },
);

test("a running sandbox is found, and survives that its finder closes", async () => {
  expect(await Sandbox.attach(root)).toBeUndefined();
  const sandbox = await start();
  const attached = await Sandbox.attach(root);

  const [own, found] = [reattach(sandbox), reattach(attached!)].map((providers) => Object.values(providers)[0]!);
  expect(found!.Addr).toEqual(own!.Addr);
  expect(found!.Pid).not.toBe(own!.Pid);
  await attached!.close();
  expect(await Sandbox.attach(root)).toBeDefined();
});

test("a process ends by itself after closing, and takes its watchman along when it is killed", async () => {
  const script = `
    require("ts-node/register");
    const { Sandbox } = require(${JSON.stringify(join(__dirname, "../../tools/sandbox/sandbox"))});
    Sandbox.start({ root: process.argv[1] }).then(async (sandbox) => {
      console.log(Object.values(JSON.parse(sandbox.environment.TF_REATTACH_PROVIDERS))[0].Pid);
      if (process.argv[2] === "close") await sandbox.close();
    });`;
  const cwd = join(__dirname, "../..");
  const closed = spawnSync(process.execPath, ["-e", script, root, "close"], { cwd, timeout: 20_000 });
  expect(closed.status).toBe(0);

  const child = spawn(process.execPath, ["-e", script, root, "stay"], { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const [output] = (await once(child.stdout, "data")) as [Buffer];
  const watchman = Number(output.toString());
  const { sockets } = JSON.parse(readFileSync(join(root, ".sandbox", "lock"), "utf8")) as { sockets: string };
  process.kill(watchman, 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  const isGone = () => {
    try {
      process.kill(watchman, 0);
      return false;
    } catch {
      return true;
    }
  };
  for (let tries = 0; tries < 100 && !isGone(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(isGone()).toBe(true);
  expect(await Sandbox.attach(root)).toBeUndefined();

  expect(existsSync(sockets)).toBe(true);
  await start();
  expect(existsSync(sockets)).toBe(false);
});
