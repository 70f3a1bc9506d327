import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { consoleCommand } from "../../tools/cli/commands/sandbox-console";
import { faultsCommand } from "../../tools/cli/commands/sandbox-faults";
import { openConsole } from "../../tools/cli/console";
import type { ConsoleServer } from "../../tools/sandbox/console/server";
import { SmallSandbox } from "./support/small-sandbox";

/** What opens addresses is a script that writes them down. */
const folder = mkdtempSync(join(tmpdir(), "browser-"));
const opened = join(folder, "opened");
const path = process.env["PATH"]!;

let sandbox: SmallSandbox;
let page: ConsoleServer | undefined;
beforeEach(async () => {
  sandbox = await SmallSandbox.open();
});
afterEach(async () => {
  process.env["PATH"] = path;
  await page?.close();
  page = undefined;
  await sandbox.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const open = async () => (page = await openConsole(sandbox.runtime, "acme-ml", join(sandbox.root, "states")));

test("prints where the console of the running sandbox is, and a page is there", async () => {
  const { url } = await open();
  const { output, error } = await sandbox.run(consoleCommand());
  expect({ output, error }).toEqual({ output: url, error: undefined });
  expect(await (await fetch(output)).text()).toContain("<title>");
});

test("--open shows that address in the browser", async () => {
  const { url } = await open();
  for (const name of ["open", "xdg-open"]) {
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\nprintf %s "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`,
    );
    chmodSync(join(folder, name), 0o755);
  }
  process.env["PATH"] = `${folder}:${path}`;
  await sandbox.run(consoleCommand(), "--open");
  expect(await written(opened)).toBe(url);
});

test("a sandbox that still deploys has no console", async () => {
  expect(await sandbox.run(consoleCommand())).toEqual({
    output: "",
    error: "the sandbox that runs has no console yet: 'mlp sandbox up' opens it once the stacks are deployed",
  });
});

test("faults of a sandbox that does not run are not to be had", async () => {
  await sandbox.close();
  expect(await sandbox.run(faultsCommand(), "list")).toEqual({
    output: "",
    error: "the sandbox does not run: start it with 'mlp sandbox up' in another terminal",
  });
});

async function written(file: string): Promise<string> {
  for (;;) {
    try {
      return readFileSync(file, "utf8");
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
