import { environment, eventSchema, otherEnvironment, problems, team } from "../support/project";

test("a region of the jurisdiction passes", () => {
  expect(problems({ "environments/dev.yaml": environment({ region: "us-east4", jurisdiction: "us" }) })).toEqual([]);
});

test("a region outside the jurisdiction is refused", () => {
  expect(problems({ "environments/dev.yaml": environment({ region: "us-east4", jurisdiction: "ch" }) })).toEqual([
    "environments/dev.yaml:3:9 region: must be in jurisdiction 'ch', got 'us-east4': use one of europe-west6",
  ]);
});

test("messages stay in the jurisdiction of every environment of the team", () => {
  const files = {
    "environments/prod.yaml": otherEnvironment({ region: "us-central1", jurisdiction: "us" }),
    "teams/churn/event.avsc": eventSchema,
    "teams/churn/team.yaml": team(
      "ingestion:\n  streams:\n    events:\n      schema: event.avsc\n      persistenceRegions: [europe-west1, europe-west6]\n",
    ),
  };

  expect(problems({ ...files, "environments/prod.yaml": undefined })).toEqual([
    "teams/churn/team.yaml:8:42 ingestion.streams.events.persistenceRegions[1]: must be in jurisdiction 'eu' of environment 'dev', got 'europe-west6': use one of europe-central2, europe-north1, europe-southwest1, europe-west1, europe-west3, europe-west4, europe-west8, europe-west9, europe-west12",
  ]);
  expect(problems(files)).toEqual([
    "teams/churn/team.yaml:8:28 ingestion.streams.events.persistenceRegions[0]: must be in jurisdiction 'us' of environment 'prod', got 'europe-west1': use one of us-central1, us-east1, us-east4, us-east5, us-south1, us-west1, us-west2, us-west3, us-west4",
    "teams/churn/team.yaml:8:42 ingestion.streams.events.persistenceRegions[1]: must be in jurisdiction 'eu' of environment 'dev', got 'europe-west6': use one of europe-central2, europe-north1, europe-southwest1, europe-west1, europe-west3, europe-west4, europe-west8, europe-west9, europe-west12",
    "teams/churn/team.yaml:8:42 ingestion.streams.events.persistenceRegions[1]: must be in jurisdiction 'us' of environment 'prod', got 'europe-west6': use one of us-central1, us-east1, us-east4, us-east5, us-south1, us-west1, us-west2, us-west3, us-west4",
  ]);
});
