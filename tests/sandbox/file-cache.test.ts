import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { Cloud } from "../../tools/sandbox/cloud";
import { FileCache } from "../../tools/sandbox/file-cache";

let folder: string;
let reads: string[];
let cache: FileCache<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-files-"));
  reads = [];
  cache = new FileCache((file) => {
    reads.push(file);
    return readFileSync(file, "utf8");
  });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
}

/** Waits until the clock of the file system has gone on for sure. */
async function settle(): Promise<void> {
  await setTimeout(100);
}

test("a file that did not change is read once", async () => {
  write("a", "1");
  write("b", "1");
  await settle();

  expect(cache.read(folder, ["a", "b"])).toEqual(["1", "1"]);
  expect(cache.read(folder, ["a", "b"])).toEqual(["1", "1"]);
  expect(reads).toEqual([join(folder, "a"), join(folder, "b")]);
});

test("only what changed is read again, written over or put in its place", async () => {
  ["a", "b", "c"].forEach((name) => write(name, "1"));
  await settle();
  cache.read(folder, ["a", "b", "c"]);
  reads = [];
  write("a", "2");
  write("other", "3");
  renameSync(join(folder, "other"), join(folder, "b"));

  expect(cache.read(folder, ["a", "b", "c"])).toEqual(["2", "3", "1"]);
  expect(reads).toEqual([join(folder, "a"), join(folder, "b")]);
});

test("changes that come faster than the clock of the file system are all seen", () => {
  for (let round = 0; round < 200; round += 1) {
    write("a", `${round % 10}`);
    expect(cache.read(folder, ["a"])).toEqual([`${round % 10}`]);
  }
});

test("what is gone is left out, and seen when it is back", async () => {
  write("a", "1");
  await settle();
  cache.read(folder, ["a"]);
  rmSync(join(folder, "a"));
  expect(cache.read(folder, ["a"])).toEqual([]);

  write("a", "2");
  expect(cache.read(folder, ["a"])).toEqual(["2"]);
});

test("a list of the cloud shows what other processes did since the last one", async () => {
  const type = "google_pubsub_topic";
  const [cloud, other] = [new Cloud(folder), new Cloud(folder)];
  ["changed", "deleted", "kept"].forEach((id) => cloud.put({ type, id, values: { labels: { a: "b" } } }));
  await settle();
  cloud.list(type);
  other.set(type, "changed", "labels.a", "c");
  other.delete(type, "deleted");
  other.put({ type, id: "new", values: {} });

  expect(cloud.list(type)).toEqual([
    { type, id: "changed", values: { labels: { a: "c" } } },
    { type, id: "kept", values: { labels: { a: "b" } } },
    { type, id: "new", values: {} },
  ]);
});
