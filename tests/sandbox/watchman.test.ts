import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Watchman } from "../../tools/sandbox/watchman";

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Linux tells the state of a process: `Z` is one that has ended and keeps its id. */
const ended = (pid: number) =>
  spawnSync("ps", ["-o", "stat=", "-p", String(pid)])
    .stdout.toString()
    .startsWith("Z");

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("a dead socket makes Terraform kill the watchman, however often, and never another process", async () => {
  const watchman = await Watchman.start();
  const folder = mkdtempSync(join(tmpdir(), "sandbox-stale-"));
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ resource: { google_pubsub_topic: { a: { name: "a" } } } }),
  );
  const provider = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: watchman.pid,
    Test: true,
    Addr: { Network: "unix", String: join(folder, "dead.sock") },
  };
  const env = { ...process.env, TF_REATTACH_PROVIDERS: JSON.stringify({ "hashicorp/google": provider }) };
  const terraform = (command: string) => spawnSync("terraform", [command], { cwd: folder, env });

  terraform("init");
  expect(terraform("plan").status).toBe(1);
  await until(() => ended(watchman.pid));
  expect(exists(watchman.pid)).toBe(true);

  expect(terraform("plan").status).toBe(1);
  expect(exists(watchman.pid)).toBe(true);
  watchman.stop();
  rmSync(folder, { recursive: true });
  expect(existsSync(folder)).toBe(false);
});

test("a watchman ends when it is stopped", async () => {
  const watchman = await Watchman.start();
  expect(exists(watchman.pid)).toBe(true);
  watchman.stop();
  await until(() => !exists(watchman.pid) || ended(watchman.pid));
});
