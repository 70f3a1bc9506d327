import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { managedResources } from "../../tools/cli/terraform-state";
import { keyOf } from "../../tools/sandbox/creations";
import { Cloud } from "../../tools/sandbox/cloud";
import { Checkout } from "../support/checkout";

const checkout = new Checkout();
checkout.dropTeams();
checkout.shareSchemas();
const temporary = mkdtempSync(join(tmpdir(), "mlp-interruption-"));
const states = join(checkout.folder, ".sandbox", "terraform");
const env = { TMPDIR: temporary };

afterAll(() => {
  checkout.remove();
  rmSync(temporary, { recursive: true });
});

function existing(): number {
  return new Cloud(checkout.folder).list().length;
}

/** Command lines of processes that came from here and still run. Every child has our temporary folder in its environment. */
function leftProcesses(): string[] {
  const processes = existsSync("/proc/self/environ") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  return processes.flatMap((id) => {
    try {
      const isOurs = readFileSync(`/proc/${id}/environ`, "utf8").includes(`TMPDIR=${temporary}`);
      return isOurs ? [readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
    } catch {
      return [];
    }
  });
}

/**
 * Nothing runs on, no socket and no lock of the sandbox is left, and Terraform's state knows all that was made. Where cdktf's terminal
 * went first, Terraform with it, the file in which it describes its lock may stay, and what it had just asked for is not in its state:
 * the sandbox has noted that, and answers it again.
 */
function expectOrder(): void {
  expect(leftProcesses()).toEqual([]);
  expect(readdirSync(temporary).filter((name) => name.startsWith("mlp-"))).toEqual([]);
  expect(existsSync(join(checkout.folder, ".sandbox", "lock"))).toBe(false);
  const managed = new Set(managedResources(states).map(({ type, id }) => keyOf(type, id)));
  const unknown = new Cloud(checkout.folder).list().filter(({ type, id }) => !managed.has(keyOf(type, id)));
  const noted = (type: string, id: string) =>
    existsSync(join(checkout.folder, ".sandbox", "creations", keyOf(type, id)));
  expect(unknown.filter(({ type, id }) => !noted(type, id))).toEqual([]);
}

test.each([
  ["Ctrl-C", "SIGINT", "group"],
  ["SIGTERM to mlp alone", "SIGTERM", "command"],
  ["the end of the terminal", "SIGHUP", "group"],
] as const)("%s in the middle of 'up' ends everything in order, and the next 'up' goes on", async (_, signal, to) => {
  for (const part of ["cloud", "creations", "terraform"]) {
    rmSync(join(checkout.folder, ".sandbox", part), { recursive: true, force: true });
  }
  const up = checkout.start(["sandbox", "up"], env);
  await up.until(() => existing() > 5);
  up.signal(signal, to);
  const { code, output } = await up.ended;
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringContaining("interrupted: what was done stays, and 'mlp sandbox up' goes on from there\n"),
  });
  expectOrder();
});

test("'up' that was interrupted completes; 'down' beside it destroys everything, and Ctrl-C then ends it", async () => {
  const up = checkout.start(["sandbox", "up"], env);
  await up.until(() => up.output.includes("until you press Ctrl-C"));
  expect(up.output).toContain("The sandbox runs until you press Ctrl-C.");
  expect(await checkout.mlp("sandbox plan", env)).toMatchObject({ code: 0 });

  const before = existing();
  const down = checkout.start(["sandbox", "down"], env);
  await down.until(() => existing() < before - 5);
  down.signal("SIGINT", "group");
  expect((await down.ended).output).toContain("interrupted: what was done stays, and 'mlp sandbox down' goes on");
  expect(await checkout.mlp("sandbox down", env)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/Destroyed \d+ resources.\nThe sandbox is empty.\n$/),
  });
  expect(existing()).toBe(0);

  up.signal("SIGINT", "group");
  expect(await up.ended).toMatchObject({ code: 0 });
  expect(leftProcesses()).toEqual([]);
});

test("'console' starts a sandbox where none runs, deploys nothing, and ends with Ctrl-C", async () => {
  const looking = checkout.start(["sandbox", "console"], env);
  await looking.until(() => looking.output.includes("until you press Ctrl-C"));
  expect(looking.output).toContain("Nothing is deployed: 'mlp sandbox up' deploys the stacks.\n");
  const url = /The console is at (\S+)/.exec(looking.output)![1]!;
  expect(await checkout.mlp("sandbox console", env)).toEqual({ code: 0, output: `${url}\n` });
  expect(((await (await fetch(`${url}/api/view`)).json()) as { stacks: unknown }).stacks).toEqual([]);

  looking.signal("SIGINT", "group");
  expect(await looking.ended).toMatchObject({ code: 0 });
  expect(existing()).toBe(0);
  expectOrder();
});

test("Ctrl-C that Terraform does not heed ends it when it is pressed again", async () => {
  const deaf = join(temporary, "deaf-terraform");
  const script = `#!/bin/sh\ncase "$*" in *apply*) trap '' INT; touch ${temporary}/applying; while :; do sleep 1; done;; esac\nexec terraform "$@"\n`;
  writeFileSync(deaf, script, { mode: 0o755 });
  const up = checkout.start(["sandbox", "up"], { ...env, TERRAFORM_BINARY_NAME: deaf });
  await up.until(() => existsSync(join(temporary, "applying")));
  up.signal("SIGINT", "group");
  const again = setInterval(() => up.signal("SIGINT", "group"), 1_100);
  const { code, output } = await up.ended;
  clearInterval(again);
  expect(code).toBe(1);
  expect(output).toContain("interrupted");
  expect(existsSync(join(checkout.folder, ".sandbox", "lock"))).toBe(false);
  while (leftProcesses().length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
