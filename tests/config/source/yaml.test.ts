import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";

import { environment, platform, problems, problemsIn, project, team } from "../support/project";

const teamFile = (content: string | Uint8Array) => problems({ "teams/churn/team.yaml": content });

test("a file that is empty, or holds only comments, is refused", () => {
  expect(teamFile("")).toEqual(["teams/churn/team.yaml:1:1: is empty: it must hold a mapping"]);
  expect(teamFile("# nothing yet\n")).toEqual(["teams/churn/team.yaml:1:1: is empty: it must hold a mapping"]);
});

test("a file must hold a mapping", () => {
  expect(teamFile("- a\n- b\n")).toEqual(["teams/churn/team.yaml:1:1: must hold a mapping at its top, got a list"]);
  expect(teamFile("just text\n")).toEqual([
    "teams/churn/team.yaml:1:1: must hold a mapping at its top, got a single value",
  ]);
});

test("syntax errors have their place", () => {
  expect(teamFile("description: [a\nowners: b\n")).toEqual([
    "teams/churn/team.yaml:2:1: is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ]);
  expect(teamFile("description: a\n\towners: b\n")).toEqual([
    "teams/churn/team.yaml:2:1: is not valid YAML: Tabs are not allowed as indentation",
  ]);
});

test("an unknown tag is refused", () => {
  expect(teamFile(team("labels: !secret { a: b }\n"))).toEqual([
    "teams/churn/team.yaml:4:9: is not valid YAML: Unresolved tag: !secret",
  ]);
});

test("two documents in one file are refused", () => {
  expect(teamFile(`${team()}---\n${team()}`)).toEqual([
    "teams/churn/team.yaml:4:1: must hold one YAML document, got several: remove what follows '---'",
  ]);
});

test("a key that is there twice is refused", () => {
  expect(teamFile(team("labels:\n  a: b\n  c: d\n  a: e\n"))).toEqual([
    "teams/churn/team.yaml:7:3 labels.a: is there twice: remove this or the one in line 5",
  ]);
});

test("keys must be text", () => {
  expect(teamFile(team("labels: { 1: one, true: two, ? [a] : three }\n"))).toEqual([
    "teams/churn/team.yaml:4:11 labels: keys must be text, got the number 1: put it in quotes",
    "teams/churn/team.yaml:4:19 labels: keys must be text, got true: put it in quotes",
    "teams/churn/team.yaml:4:32 labels: keys must be text, got a list, a mapping or an alias: write a word",
  ]);
});

test("__proto__ is no key", () => {
  expect(teamFile(team("labels:\n  __proto__: { polluted: x }\n"))).toEqual([
    "teams/churn/team.yaml:5:3 labels.__proto__: must not be used as a key",
  ]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("constructor and toString are names like any other", () => {
  const rest = "serving:\n  models:\n    constructor: {}\n    tostring: {}\n";

  expect(platform({ "teams/churn/team.yaml": team(rest) }).teams["churn"]!.serving.models).toMatchObject({
    constructor: { maxReplicaCount: 2 },
    tostring: { maxReplicaCount: 2 },
  });
});

test("aliases and merge keys are refused", () => {
  expect(teamFile(team("labels: &shared { a: b }\nmonitoring: *shared\n"))).toEqual([
    "teams/churn/team.yaml:5:13 monitoring: must not be an alias, got '*shared': write the value itself",
  ]);
  expect(teamFile(team("monitoring: &m { silentMinutes: 5 }\nserving:\n  <<: *m\n"))).toEqual([
    "teams/churn/team.yaml:6:7 serving.<<: must not be an alias, got '*m': write the value itself",
  ]);
  expect(teamFile(team("monitoring: { <<: { silentMinutes: 5 } }\n"))).toEqual([
    "teams/churn/team.yaml:4:15 monitoring.<<: unknown key '<<', allowed: oldestMessageMinutes, silentMinutes",
  ]);
});

test("aliases that multiply do no harm", () => {
  const lines = Array.from({ length: 30 }, (_, i) => `  a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}, *a${i}]\n`);

  expect(teamFile(team(`labels:\n  a0: &a0 lol\n${lines.join("")}`)).slice(0, 1)).toEqual([
    "teams/churn/team.yaml:6:12 labels.a1[0]: must not be an alias, got '*a0': write the value itself",
  ]);
});

test.each([
  ["flow lists", `labels: ${"[".repeat(50_000)}${"]".repeat(50_000)}\n`],
  ["unfinished flow lists", `labels: ${"[".repeat(50_000)}`],
  ["block lists", `labels:\n  ${"- ".repeat(50_000)}a\n`],
  ["mappings", Array.from({ length: 1500 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
  ["a little too deep lists", `labels: ${"[".repeat(101)}${"]".repeat(101)}\n`],
])("%s nested beyond all use are refused", (_, content) => {
  expect(teamFile(content)[0]).toMatch(
    /^teams\/churn\/team\.yaml:\d+:\d+.*: is nested too deeply: at most 100 levels are read$/,
  );
});

test("Windows line ends and a byte order mark move no place", () => {
  const content = `\uFEFF${team("monitoring:\n  silentMinutes: 1\n")}`.replaceAll("\n", "\r\n");

  expect(teamFile(content)).toEqual([
    "teams/churn/team.yaml:5:18 monitoring.silentMinutes: must be a whole number from 5 to 1410, got 1",
  ]);
});

test("text that is not UTF-8 is refused with its place", () => {
  expect(teamFile(Buffer.from(team("labels: { a: caf\u00e9 }\n"), "latin1"))).toEqual([
    "teams/churn/team.yaml:4:17: is not UTF-8 text: save the file in UTF-8",
  ]);
  expect(teamFile(Buffer.from(`\uFEFF${team()}`, "utf16le"))).toEqual([
    "teams/churn/team.yaml:1:1: is not UTF-8 text: save the file in UTF-8",
  ]);
});

test("numbers have all forms that YAML knows", () => {
  const content = environment({
    budget: "{ billingAccount: 012345-6789AB-CDEF01, currencyCode: EUR, monthlyAmount: 1e3 }",
  });

  expect(platform({ "environments/dev.yaml": content }).environment.budget.monthlyAmount).toBe(1000);
});

test("a team's folder without a team.yaml is refused", () => {
  expect(problems({ "teams/fraud/notes.md": "" })).toEqual([
    "teams/fraud/team.yaml:1:1: does not exist: write it, since every folder below teams/ is a team, or remove the folder",
  ]);
  expect(problems({ "teams/fraud/team.yml": team() })).toEqual([
    "teams/fraud/team.yaml:1:1: does not exist: rename 'team.yml', or remove the folder",
  ]);
  expect(problems({ "teams/fraud/team.yaml/notes.md": "" })).toEqual([
    "teams/fraud/team.yaml:1:1: cannot be read: it is a folder",
  ]);
});

test("environment files with another ending are pointed out", () => {
  expect(problems({ "environments/prod.yml": "" })).toEqual([
    "environments/prod.yml:1:1: is not read: an environment's file must end in '.yaml'",
  ]);
});

test("names of environments and teams are names of resources", () => {
  expect(
    problems({ "environments/Prod_EU.yaml": environment({ teams: "[]" }), "teams/churn_prediction/team.yaml": team() }),
  ).toEqual([
    "environments/Prod_EU.yaml:1:1: the file's name must be 1 to 20 lower-case letters, digits or hyphens, start with a letter and not end with a hyphen, got 'Prod_EU': rename the file",
    "environments/dev.yaml:1:10 project: must differ from that of environment 'Prod_EU', got 'acme-ml-dev': give every environment a project of its own",
    "environments/dev.yaml:2:16 projectNumber: must differ from that of environment 'Prod_EU', got '200000000002': give every environment a project of its own",
    "teams/churn_prediction:1:1: the folder's name must be 1 to 12 lower-case letters, digits or hyphens, start with a letter and not end with a hyphen, got 'churn_prediction': rename the folder",
    "teams/churn_prediction/team.yaml:1:1: is in no environment: add '- churn_prediction' to 'teams' of an environment (environments/Prod_EU.yaml, environments/dev.yaml), or remove the folder once its stacks are destroyed",
  ]);
});

test("control characters are refused where they stand", () => {
  expect(teamFile(`# one\r\n${team("", { description: "a\0b" })}`)).toEqual([
    "teams/churn/team.yaml:2:15: holds the control character U+0000: remove it",
  ]);
  expect(teamFile(team("", { description: '"tabs\tpass"' }))).toEqual([]);
});

test("values of no plain type are refused by their tag", () => {
  expect(teamFile(team("", { description: "!!binary aGVsbG8=" }))).toEqual([
    "teams/churn/team.yaml:1:23 description: must be plain YAML, got the tag 'tag:yaml.org,2002:binary': remove it",
  ]);
});

test("links that go round in a circle end nothing", () => {
  const root = project({ "teams/churn/team.yaml": team("ingestion: { streams: { e: { schema: no.avsc } } }\n") });
  symlinkSync("loop", join(root, "teams/loop"));
  symlinkSync("..", join(root, "teams/churn/up"));

  expect(problemsIn(root)).toEqual([
    "teams/churn/team.yaml:4:38 ingestion.streams.e.schema: must be a file that exists in teams/churn, got 'no.avsc'",
  ]);
});

test("a pipe is refused, since reading it may never end", () => {
  const root = project({ "teams/churn/team.yaml": undefined, "teams/churn/notes.md": "" });
  execFileSync("mkfifo", [join(root, "teams/churn/team.yaml")]);
  expect(problemsIn(root)).toEqual(["teams/churn/team.yaml:1:1: cannot be read: it is not a file"]);

  const other = project({ "teams/churn/team.yaml": team("ingestion: { streams: { e: { schema: e.avsc } } }\n") });
  execFileSync("mkfifo", [join(other, "teams/churn/e.avsc")]);
  expect(problemsIn(other)).toEqual([
    "teams/churn/team.yaml:4:38 ingestion.streams.e.schema: must be a file, got 'e.avsc', which is a device, a pipe or a socket",
  ]);
});

test("a team's name does not begin with what Pub/Sub keeps for itself", () => {
  expect(
    problems({
      "environments/dev.yaml": environment({ teams: "[churn, goog-fans]" }),
      "teams/goog-fans/team.yaml": team(),
    }),
  ).toEqual([
    "teams/goog-fans:1:1: the folder's name must not begin with 'goog', which Pub/Sub refuses for topics: rename the folder",
  ]);
});
