import { Acme, endpoint, refusal } from "./support/acme";

const base = "https://dataflow.googleapis.com/v1b3/projects/acme/locations/europe-west4";
const object = (name: string) => ({
  type: "google_storage_bucket_object",
  id: `acme-rollouts-${name}`,
  values: { bucket: "acme-rollouts", name },
});
const variables = { endpoint: endpoint.split("/").at(-1), subscription: "projects/acme/subscriptions/churn" };

let acme: Acme;

beforeEach(() => {
  acme = new Acme(
    {},
    { type: "google_project_service", id: "acme/dataflow.googleapis.com", values: { project: "acme" } },
    { type: "google_pubsub_subscription", id: variables.subscription, values: {} },
    object("predict.yaml"),
  );
});

const launch = async (jobName = "churn", jinja: object = {}, file = "gs://acme-rollouts/predict.yaml") =>
  acme.call("POST", `${base}/flexTemplates:launch`, {
    launchParameter: {
      jobName,
      containerSpecGcsPath: "gs://dataflow-templates-europe-west4/latest/flex/Yaml_Template",
      parameters: { yaml_pipeline_file: file, jinja_variables: JSON.stringify(jinja) },
    },
  });
const idOf = (answer: { body: unknown }) => (answer.body as { job: { id: string } }).job.id;
const stateOf = async (id: string) =>
  ((await acme.call("GET", `${base}/jobs/${id}`)).body as { currentState: string }).currentState;
const change = async (id: string, requestedState: string) => acme.call("PUT", `${base}/jobs/${id}`, { requestedState });

test("a job is queued, then pending while its launcher works, then runs", async () => {
  const id = idOf(await launch());
  const states: string[] = [];
  for (let minutes = 0; minutes < 5; minutes++) {
    states.push((await stateOf(id)).replace("JOB_STATE_", ""));
    acme.clock.pass(1);
  }
  expect(states).toEqual(["QUEUED", "PENDING", "PENDING", "PENDING", "RUNNING"]);
});

test.each([
  ["an endpoint without a model", { endpoint: variables.endpoint }, undefined],
  ["a subscription that is not there", { subscription: "projects/acme/subscriptions/other" }, undefined],
  ["a pipeline that is not there", {}, "gs://acme-rollouts/other.yaml"],
] as const)("a job with %s fails in its launcher", async (_, jinja, file) => {
  const id = idOf(await launch("churn", jinja, file));
  acme.clock.pass(4);
  expect(await stateOf(id)).toBe("JOB_STATE_FAILED");
});

test("a job that asks a deployed model runs", async () => {
  await acme.upload();
  await acme.deploy("1", "default", { "0": 100 });
  const id = idOf(await launch("churn", variables));
  acme.clock.pass(4);
  expect(await stateOf(id)).toBe("JOB_STATE_RUNNING");
});

test("one job of a name is active at a time", async () => {
  const id = idOf(await launch());
  expect(refusal(await launch())).toMatch(/^409 .*There is already an active job named churn/);
  await change(id, "JOB_STATE_CANCELLED");
  acme.clock.pass(2);
  expect((await launch()).status).toBe(200);
});

test("a job drains when it runs, and only then", async () => {
  const id = idOf(await launch());
  expect(refusal(await change(id, "JOB_STATE_DRAINED"))).toMatch(/^400 .*JOB_STATE_QUEUED/);
  acme.clock.pass(4);
  await change(id, "JOB_STATE_DRAINED");
  expect(await stateOf(id)).toBe("JOB_STATE_DRAINING");
  acme.clock.pass(10);
  expect(await stateOf(id)).toBe("JOB_STATE_DRAINED");
  expect(refusal(await change(id, "JOB_STATE_CANCELLED"))).toMatch(/^400 .*JOB_STATE_DRAINED/);
});

test("jobs are listed by name and by whether they have ended", async () => {
  await change(idOf(await launch("first")), "JOB_STATE_CANCELLED");
  await launch("second");
  acme.clock.pass(4);
  const names = async (query: string) =>
    ((await acme.call("GET", `${base}/jobs?${query}`)).body as { jobs?: { name: string }[] }).jobs?.map(
      ({ name }) => name,
    );
  expect(await names("")).toEqual(["first", "second"]);
  expect(await names("filter=ACTIVE")).toEqual(["second"]);
  expect(await names("filter=TERMINATED")).toEqual(["first"]);
  expect(await names("filter=ACTIVE&name=first")).toBeUndefined();
});

test("a subscription is read back to a time, where it exists", async () => {
  const seek = async (name: string) =>
    acme.call("POST", `https://pubsub.googleapis.com/v1/projects/acme/subscriptions/${name}:seek`, {
      time: "2026-01-01T00:00:00Z",
    });
  expect((await seek("churn")).status).toBe(200);
  expect(refusal(await seek("other"))).toMatch(/^404 /);
});
