import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Cloud } from "../../tools/sandbox/cloud";
import { Sandbox } from "../../tools/sandbox/sandbox";
import { projectFolder, Workspace } from "./support/workspace";

const root = projectFolder(["google_storage_bucket"]);
const cloud = new Cloud(root);

/** The pretend cloud has a disk of its own here, and a small one: only root may mount it. */
const disk = join(root, ".sandbox", "cloud");
mkdirSync(disk);
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status === 0;
const withDisk = isMounted ? test : test.skip;

afterAll(() => {
  if (isMounted) {
    spawnSync("umount", [disk]);
  }
  rmSync(root, { recursive: true });
});

const filler = join(disk, "filler.tmp");

withDisk(
  "a full disk refuses the change and keeps what was there; with room again, the next run completes",
  async () => {
    const sandbox = await Sandbox.start({ root });
    const workspace = new Workspace(sandbox);
    const write = (label: string, names: readonly string[]) => {
      const bucketOf = (name: string) => ({ name, location: "EU", labels: { label } });
      workspace.write({
        terraform: { required_providers: { google: { source: "hashicorp/google" } } },
        provider: { google: { project: "acme-ml" } },
        resource: { google_storage_bucket: Object.fromEntries(names.map((name) => [name, bucketOf(name)])) },
      });
    };
    write("old", ["one"]);
    await workspace.init();
    expect(await workspace.apply()).toMatchObject({ code: 0 });
    const before = cloud.list();

    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=1k"]);
    write("new", ["one", "two"]);
    const { code, text } = await workspace.apply();
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining("ENOSPC: no space left on device") });
    expect(text).toContain(".sandbox/cloud/google_storage_bucket/one.json");
    expect(cloud.list()).toEqual(before);
    expect(readdirSync(join(disk, "google_storage_bucket"))).toEqual(["one.json"]);

    rmSync(filler);
    expect(await workspace.apply()).toMatchObject({ code: 0 });
    expect(cloud.list()).toHaveLength(2);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    workspace.remove();
    await sandbox.close();
  },
);

withDisk("a disk that is read-only is named", () => {
  spawnSync("mount", ["-o", "remount,ro", disk]);
  expect(() => {
    cloud.put({ type: "google_storage_bucket", id: "three", values: {} });
  }).toThrow("EROFS: read-only file system");
  spawnSync("mount", ["-o", "remount,rw", disk]);
});
