import { problems, team } from "../support/project";

const schema = '{ "type": "record", "name": "E", "fields": [{ "name": "id", "type": "string" }] }';
const streams = (...names: readonly string[]) =>
  problems({
    "teams/churn/team.yaml": team(`ingestion:
  streams:
${names.map((name) => `    ${name}: { schema: e.avsc }\n`).join("")}`),
    "teams/churn/e.avsc": schema,
  });

test("streams of different names pass", () => {
  expect(streams("usage", "payments")).toEqual([]);
});

test.each([
  ["landing", "stream 'landing' of team 'churn' and the landed files of team 'churn'", "churn-landing"],
  [
    "registry-events",
    "stream 'registry-events' of team 'churn' and the registry events of team 'churn'",
    "churn-registry-events",
  ],
])("a stream must not be called %s", (name, makers, topic) => {
  expect(streams(name)).toEqual([
    `teams/churn/team.yaml:6:5 ingestion.streams.${name}: is a name that is taken: ${makers} would both be the topic '${topic}': rename the stream`,
  ]);
});

test("a stream must not be called as the dead letters of another", () => {
  expect(streams("usage", "usage-dead-letter")).toEqual([
    "teams/churn/team.yaml:7:5 ingestion.streams.usage-dead-letter: is a name that is taken: stream 'usage-dead-letter' of team 'churn' and the dead letters of 'usage' of team 'churn' would both be the topic 'churn-usage-dead-letter': rename the stream",
  ]);
});
