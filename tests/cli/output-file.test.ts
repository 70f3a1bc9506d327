import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { makeFolder, writeOutput } from "../../tools/cli/output-file";
import { UserError } from "../../tools/cli/user-error";

const folder = mkdtempSync(join(tmpdir(), "mlp-output-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a file is written with the folders that it stands in, and again", () => {
  const file = join(folder, "a/b/c.txt");
  writeOutput(file, "one");
  writeOutput(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two");
});

test("every folder that is made has the mode, and one that is there keeps its own", () => {
  chmodSync(folder, 0o755);
  makeFolder(join(folder, "secret/deep"), 0o700);
  const modes = [folder, join(folder, "secret"), join(folder, "secret/deep")].map(
    (path) => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o755, 0o700, 0o700]);
});

(existsSync("/proc/self") ? test : test.skip)(
  "a place in which no folder can be made is refused, and not tried for ever",
  () => {
    const says = new UserError("cannot write /proc/reviews: no folder can be made in /proc: name another place");
    expect(() => writeOutput("/proc/reviews/today/r.json", "")).toThrow(says);
    expect(() => makeFolder("/proc/reviews")).toThrow(says);
  },
);

test("a file in the place of a folder is told by the system's code", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => makeFolder(join(folder, "file"))).toThrow(/^EEXIST/);
  expect(() => writeOutput(join(folder, "file/deep/r.json"), "")).toThrow(/^ENOTDIR/);
});
