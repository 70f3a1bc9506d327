import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { steps } from "./support/workflows";

const folder = mkdtempSync(join(tmpdir(), "steps-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script of a step as GitHub does, in a folder that stands for the runner's. */
function run(name: string, env: Readonly<Record<string, string>>): { code: number | null; output: string } {
  const script = steps.find(([, step]) => step.name === name)![1].run!;
  const ended = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: folder,
    env: { PATH: process.env["PATH"]!, RUNNER_TEMP: folder, ...env },
    encoding: "utf8",
  });
  return { code: ended.status, output: `${ended.stdout}${ended.stderr}` };
}

describe("plans on their way to the apply", () => {
  const encrypted = join(folder, "plans.cms");
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const decrypt = (key: string) => {
    rmSync(join(folder, "reviewed"), { recursive: true, force: true });
    return run("Decrypt the plans", { PLAN_KEY: key });
  };

  beforeAll(() => {
    for (const name of ["ours", "theirs"]) {
      const args = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-noenc",
        "-subj",
        "/CN=plans",
        "-days",
        "2",
      ];
      execFileSync("openssl", [...args, "-keyout", `${name}.key`, "-out", `${name}.pem`], {
        cwd: folder,
        stdio: "ignore",
      });
    }
    mkdirSync(join(folder, "plans"), { mode: 0o700 });
    writeFileSync(join(folder, "plans", ".terraform.lock.hcl"), "canary-secret", { mode: 0o600 });
    expect(run("Encrypt the plans", { CERTIFICATE: read("ours.pem") })).toEqual({ code: 0, output: "" });
    mkdirSync(join(folder, "encrypted"));
    writeFileSync(join(folder, "encrypted", "plans.cms"), readFileSync(encrypted));
  });

  test("come out as they went in, for their owner alone", () => {
    expect(decrypt(read("ours.key"))).toEqual({ code: 0, output: "" });
    const file = join(folder, "reviewed", "plans", ".terraform.lock.hcl");
    expect(readFileSync(file, "utf8")).toBe("canary-secret");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "reviewed")).mode & 0o777).toBe(0o700);
  });

  test("are opened by no other key, and not once they were changed", () => {
    expect(decrypt(read("theirs.key")).code).not.toBe(0);
    const content = readFileSync(encrypted);
    content[content.length - 40]! ^= 1;
    writeFileSync(join(folder, "encrypted", "plans.cms"), content);
    expect(decrypt(read("ours.key")).code).not.toBe(0);
  });

  test("are not kept in the clear where the keys are missing", () => {
    expect(run("Encrypt the plans", { CERTIFICATE: "" })).toEqual({
      code: 1,
      output:
        "::error::there is no variable PLAN_CERTIFICATE of this environment: docs/delivery.md says how to make one\n",
    });
    expect(decrypt("")).toEqual({
      code: 1,
      output: "::error::the GitHub environment has no secret PLAN_KEY: docs/delivery.md says how to make one\n",
    });
  });
});

test.each([
  ["0", 0],
  ["2", 0],
  ["3", 1],
  ["1", 1],
  ["", 1],
])("a review that ended with '%s' ends the job with %i", (code, ends) => {
  expect(run("Outcome", { CODE: code }).code).toBe(ends);
});
