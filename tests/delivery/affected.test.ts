import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { affectedCommand } from "../../tools/cli/commands/affected";
import { dataStack, HandmadeProject } from "./support/handmade-project";

const project = new HandmadeProject({ "dev-base": dataStack("a"), "dev-top": dataStack("b", ["dev-base"]) });
const temporary = mkdtempSync(join(tmpdir(), "mlp-affected-test-"));
afterAll(() => {
  project.remove();
  rmSync(temporary, { recursive: true });
});

const first = project.git("rev-parse", "HEAD");

/** Runs in a temporary folder of its own, which must be empty again afterwards. */
async function affected(...args: string[]) {
  process.env["TMPDIR"] = temporary;
  const ended = await project.run(affectedCommand(), ...args);
  expect(readdirSync(temporary).filter((name) => name.startsWith("mlp-"))).toEqual([]);
  expect(project.git("worktree", "list").split("\n")).toHaveLength(1);
  return ended;
}

afterEach(() => {
  project.git("checkout", "--quiet", "--force", "main");
});

test("nothing differs from the commit that is checked out", async () => {
  expect(await affected("--base", "HEAD")).toEqual({ code: 0, output: "0 of 2 stacks affected\n" });
});

test("what is not committed counts, unless a head is named", async () => {
  project.writeStacks({ "dev-base": dataStack("a"), "dev-top": dataStack("c", ["dev-base"]) });
  expect(await affected("--base", "HEAD")).toEqual({
    code: 2,
    output: "dev-top  terraform_data.Thing changed: input\n1 of 2 stacks affected\n",
  });
  expect(await affected("--base", "HEAD", "--head", "main")).toMatchObject({ code: 0 });
});

test("new, changed and removed stacks each have their reason, and only those that can be are named for the plan", async () => {
  project.git("checkout", "--quiet", "--detach");
  project.writeStacks({ "dev-base": dataStack("z"), "dev-new": dataStack("n") });
  const head = project.commit();
  const names = join(project.folder, "states-names");
  const { code, output } = await affected("--base", first, "--format", "json", "--names", names);
  expect(code).toBe(2);
  expect(JSON.parse(output)).toEqual({
    format: 1,
    environment: "dev",
    base: first,
    head: null,
    stacks: [
      { name: "dev-base", change: "changed", reasons: ["terraform_data.Thing changed: input"] },
      { name: "dev-new", change: "new", reasons: ["new"] },
      { name: "dev-top", change: "removed", reasons: ["removed"] },
    ],
  });
  expect(project.read("states-names")).toBe("dev-base\ndev-new\n");
  rmSync(names);
  expect(await affected("--base", head, "--head", first)).toEqual({
    code: 2,
    output:
      "dev-base  terraform_data.Thing changed: input\ndev-top   new\ndev-new   removed\n" +
      "2 of 2 stacks affected, 1 removed: destroy what it left by hand\n",
  });
});

test("a changed lock file of the providers affects every stack", async () => {
  project.write(".terraform.lock.hcl", "# one");
  expect(await affected("--base", "HEAD")).toEqual({
    code: 2,
    output: "dev-base  provider lock file added\ndev-top   provider lock file added\n2 of 2 stacks affected\n",
  });
  rmSync(join(project.folder, ".terraform.lock.hcl"));
});

test("a config that is broken in either commit is an error, and never 'nothing affected'", async () => {
  project.git("checkout", "--quiet", "--detach");
  const good = project.read("app.js");
  project.write("app.js", 'console.error("environments/dev.yaml:1:1 project: is missing"); process.exit(1);');
  const broken = project.commit();
  const says = (where: string) =>
    `environment 'dev' cannot be synthesised in ${where}, so that nothing can be said of its stacks; where that is mended already, ` +
    "'mlp plan' without --only plans every stack:\nenvironments/dev.yaml:1:1 project: is missing\n";
  expect(await affected("--base", first)).toEqual({ code: 1, output: says("the files as they are") });
  project.write("app.js", good);
  expect(await affected("--base", broken)).toEqual({ code: 1, output: says(`commit ${broken.slice(0, 12)}`) });
});

test("packages that cannot be installed are an error", async () => {
  project.git("checkout", "--quiet", "--detach");
  project.write("package-lock.json", "not JSON");
  const base = project.commit();
  project.git("rm", "--quiet", "package-lock.json");
  const { code, output } = await affected("--base", base);
  expect(code).toBe(1);
  expect(output).toContain(
    `${base.slice(0, 12)} has other packages: npm ci ...\nthe packages of ${base} could not be installed, so that nothing can be ` +
      "compared with it: 'mlp plan' without --only plans every stack\n",
  );
});

test("an environment that is younger than the base is new as a whole", async () => {
  project.git("checkout", "--quiet", "--detach");
  project.git("rm", "--quiet", "environments/dev.yaml");
  const before = project.commit();
  expect(await affected("--base", before, "--head", first)).toMatchObject({
    code: 2,
    output: "dev-base  new\ndev-top   new\n2 of 2 stacks affected\n",
  });
  expect(await affected("--base", before, "--head", before)).toEqual({
    code: 1,
    output: "environment 'dev' does not exist: environments/ holds no YAML file\n",
  });
});

test("a base that is not there is refused", async () => {
  expect(await affected("--base", "nowhere")).toEqual({
    code: 1,
    output:
      "'nowhere' is no commit of this repository: name a branch, a tag or a commit, and fetch it first where the clone is shallow ('git fetch --depth=1 origin COMMIT')\n",
  });
  expect(existsSync(join(project.folder, ".git", "worktrees"))).toBe(false);
});
