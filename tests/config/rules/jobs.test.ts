import { eventSchema, problems, team } from "../support/project";

const job = (settings: string) =>
  problems({
    "teams/churn/event.avsc": eventSchema,
    "teams/churn/team.yaml": team(`ingestion:
  streams:
    usage-events: { schema: event.avsc }
  jobs:
    archive:
      template: Cloud_PubSub_to_Avro_Flex
      ${settings}
`),
  });

test("a job that reads a stream with parameters of its template passes", () => {
  expect(job("stream: usage-events\n      parameters: { windowDuration: 5m }")).toEqual([]);
});

test("a job reads a stream that exists", () => {
  expect(job("stream: usage-event")).toEqual([
    "teams/churn/team.yaml:10:15 ingestion.jobs.archive.stream: must be a stream of the team, got 'usage-event', did you mean 'usage-events'? streams: usage-events",
  ]);
  expect(job("stream: payments")).toEqual([
    "teams/churn/team.yaml:10:15 ingestion.jobs.archive.stream: must be a stream of the team, got 'payments', streams: usage-events",
  ]);
});

test("a job's parameters are its template's", () => {
  expect(job("stream: usage-events\n      parameters: { windowsDuration: 5m }")).toEqual([
    "teams/churn/team.yaml:11:21 ingestion.jobs.archive.parameters.windowsDuration: must be a parameter of template Cloud_PubSub_to_Avro_Flex that is not set by the blueprint, got 'windowsDuration', did you mean 'windowDuration'? allowed: windowDuration, numShards, outputFilenamePrefix, outputFilenameSuffix, yearPattern, monthPattern, dayPattern, hourPattern, minutePattern",
  ]);
});

test.each(["maxNumWorkers", "enableStreamingEngine", "inputSubscription"])(
  "%s is refused: the blueprint sets it, or the provider cannot take it here",
  (parameter) => {
    expect(job(`stream: usage-events\n      parameters: { ${parameter}: x }`)[0]).toContain(
      `teams/churn/team.yaml:11:21 ingestion.jobs.archive.parameters.${parameter}: must be a parameter of template Cloud_PubSub_to_Avro_Flex that is not set by the blueprint, got '${parameter}'`,
    );
  },
);

test("a job whose stream has problems of its own does not lose it", () => {
  expect(
    problems({
      "teams/churn/event.avsc": eventSchema,
      "teams/churn/team.yaml": team(`ingestion:
  streams:
    usage-events: { schema: event.avsc, retentionDays: 45 }
  jobs:
    archive: { template: Cloud_PubSub_to_Avro_Flex, stream: usage-events }
`),
    }),
  ).toEqual([
    "teams/churn/team.yaml:6:56 ingestion.streams.usage-events.retentionDays: must be a whole number from 1 to 31, got 45",
  ]);
});
