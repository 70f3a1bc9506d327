import { eventSchema, problems, team } from "../support/project";

const model = (settings: string) =>
  problems({ "teams/churn/team.yaml": team(`serving:\n  models:\n    propensity: { ${settings} }\n`) });

test("a model may be reached from the environment's project only, or from others as well", () => {
  expect(model("privateServiceConnect: {}")).toEqual([]);
  expect(model("privateServiceConnect: { projects: [acme-web-dev] }")).toEqual([]);
});

test("what is not the id of a project is refused", () => {
  expect(model('privateServiceConnect: { projects: ["123456789012"] }')).toEqual([
    "teams/churn/team.yaml:6:55 serving.models.propensity.privateServiceConnect.projects[0]: must be a project id: 6 to 30 lower-case letters, digits or hyphens, starting with a letter, got '123456789012'",
  ]);
});

test("callers, whom nobody checks there, are refused", () => {
  expect(model("privateServiceConnect: {}, callers: [group:apps@acme.example]")).toEqual([
    "teams/churn/team.yaml:6:46 serving.models.propensity.callers: must not be set beside privateServiceConnect: Vertex AI does not check there who calls, whoever can connect from one of its projects may; remove one of them",
  ]);
});

test("explanations, which it does not carry, are refused", () => {
  expect(model("privateServiceConnect: {}, explanations: { instances: [{}] }, gates: { explanation: true }")).toEqual([
    "teams/churn/team.yaml:6:46 serving.models.propensity.explanations: must not be set beside privateServiceConnect: endpoints answer predictions there, and no requests for explanations; remove one of them",
  ]);
});

test("predictions over a stream, which call a model at its address, are refused", () => {
  const text = `ingestion:
  streams:
    events: { schema: schemas/event.avsc, retentionDays: 4 }
serving:
  models:
    propensity:
      privateServiceConnect: {}
      stream:
        stream: events
        key: event_id
        window: { type: fixed, hours: 24 }
        features: { events: { function: count } }
`;
  expect(problems({ "teams/churn/schemas/event.avsc": eventSchema, "teams/churn/team.yaml": team(text) })).toEqual([
    "teams/churn/team.yaml:11:7 serving.models.propensity.stream: must not be set beside privateServiceConnect: Beam calls models at addresses of Vertex AI only; remove one of them",
  ]);
});
