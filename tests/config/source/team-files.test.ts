import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { eventSchema, onlyTeam, platform, problems, problemsIn, project, team } from "../support/project";

const stream = (schema: string) => team(`ingestion:\n  streams:\n    events: { schema: ${schema} }\n`);

test("a file that a team names becomes its path and content", () => {
  const config = platform({
    "teams/churn/team.yaml": stream("./schemas/event.avsc"),
    "teams/churn/schemas/event.avsc": eventSchema,
  });

  expect(onlyTeam(config).ingestion.streams["events"]!.schema).toEqual({
    path: "teams/churn/schemas/event.avsc",
    content: { type: "record", name: "Event", fields: [{ name: "event_id", type: "string" }] },
  });
});

test("a missing file is refused with the nearest that exists", () => {
  expect(
    problems({
      "teams/churn/team.yaml": stream("schemas/evnt.avsc"),
      "teams/churn/schemas/event.avsc": eventSchema,
    }),
  ).toEqual([
    "teams/churn/team.yaml:6:23 ingestion.streams.events.schema: must be a file that exists in teams/churn, got 'schemas/evnt.avsc', did you mean 'schemas/event.avsc'?",
  ]);
  expect(problems({ "teams/churn/team.yaml": stream('""') })).toEqual([
    "teams/churn/team.yaml:6:23 ingestion.streams.events.schema: must be a file that exists in teams/churn, got ''",
  ]);
});

test.each(["../fraud/event.avsc", "schemas/../../fraud/event.avsc", "/etc/hostname", "..\\fraud\\event.avsc"])(
  "%s is outside the team's folder",
  (path) => {
    const files = {
      "teams/churn/team.yaml": stream(path),
      "teams/fraud/team.yaml": team(),
      "teams/fraud/event.avsc": eventSchema,
    };

    expect(problems(files)).toContain(
      `teams/churn/team.yaml:6:23 ingestion.streams.events.schema: must be a path inside teams/churn, got '${path}': name a file inside the team's folder, such as schemas/event.avsc`,
    );
  },
);

test("a symbolic link must not lead out of the team's folder", () => {
  const root = project({ "teams/churn/team.yaml": stream("event.avsc") });
  writeFileSync(join(root, "event.avsc"), eventSchema);
  symlinkSync("../../event.avsc", join(root, "teams/churn/event.avsc"));

  expect(problemsIn(root)).toEqual([
    "teams/churn/team.yaml:6:23 ingestion.streams.events.schema: must be a path inside teams/churn, got 'event.avsc', which leads out of it: name a file inside the team's folder, such as schemas/event.avsc",
  ]);
});

test("a folder is not a file", () => {
  expect(
    problems({ "teams/churn/team.yaml": stream("schemas"), "teams/churn/schemas/event.avsc": eventSchema }),
  ).toEqual([
    "teams/churn/team.yaml:6:23 ingestion.streams.events.schema: must be a file, got 'schemas', which is a folder",
  ]);
});

test.each([
  ['{\n  "a": 1,\n}', "teams/churn/event.avsc:3:1: is not valid JSON: property name expected, got '}'"],
  ['{ "a": x }', "teams/churn/event.avsc:1:8: is not valid JSON: invalid symbol, got 'x'"],
  ['{ "a" 1 }', "teams/churn/event.avsc:1:7: is not valid JSON: colon expected, got '1'"],
  ["[1 2]", "teams/churn/event.avsc:1:4: is not valid JSON: comma expected, got '2'"],
  ["[1,]", "teams/churn/event.avsc:1:4: is not valid JSON: value expected, got ']'"],
  ['{ "a": "x', "teams/churn/event.avsc:1:8: is not valid JSON: unexpected end of string, got '\"x'"],
  ['{ "a": "\\q" }', "teams/churn/event.avsc:1:8: is not valid JSON: invalid escape character, got '\"\\q\"'"],
  ['{ "a": 01 }', "teams/churn/event.avsc:1:9: is not valid JSON: comma expected, got '1'"],
  ["{}\n{}", "teams/churn/event.avsc:2:1: is not valid JSON: end of file expected, got '{'"],
  ["", "teams/churn/event.avsc:1:1: is not valid JSON: value expected, got the end of the file"],
  ['{ "a": 1,\n  "a": 2 }', "teams/churn/event.avsc:2:3 a: is there twice: remove this or the one in line 1"],
  ['{ "__proto__": 1 }', "teams/churn/event.avsc:1:3 __proto__: must not be used as a key"],
])("broken JSON is reported where it breaks: %j", (content, problem) => {
  expect(problems({ "teams/churn/team.yaml": stream("event.avsc"), "teams/churn/event.avsc": content })).toEqual([
    problem,
  ]);
});

test("deep JSON is refused", () => {
  const content = "[".repeat(50_000);

  expect(problems({ "teams/churn/team.yaml": stream("event.avsc"), "teams/churn/event.avsc": content })[0]).toMatch(
    /: is nested too deeply: at most 100 levels are read$/,
  );
});

test("valid JSON of every kind is read", () => {
  const content = JSON.stringify({
    type: "record",
    name: "Event",
    fields: [{ name: "a", type: "string", x: [[], {}, true, false, null, -1.5e3, 'é"\\ \n'] }],
  });
  const config = platform({
    "teams/churn/team.yaml": stream("event.avsc"),
    "teams/churn/event.avsc": JSON.stringify(JSON.parse(content), null, "\t"),
  });

  expect(onlyTeam(config).ingestion.streams["events"]!.schema.content).toEqual(JSON.parse(content));
});

test("all that is wrong in a YAML file is reported in that file", () => {
  const files = {
    "teams/churn/team.yaml": team("pipelines:\n  training: { specification: training.yaml, schedule: 0 3 * * 1 }\n"),
    "teams/churn/training.yaml": "a: 1\na: 2\nb: *c\n",
  };

  expect(problems(files)).toEqual([
    "teams/churn/training.yaml:2:1 a: is there twice: remove this or the one in line 1",
    "teams/churn/training.yaml:3:4 b: must not be an alias, got '*c': write the value itself",
  ]);
});
