import type { Callback, Execution, Executions } from "../../../tools/sandbox/apis/executions";
import { Acme, refusal } from "./support/acme";

const workflow = "projects/acme/locations/europe-west4/workflows/rollout";
const url = `https://workflowexecutions.googleapis.com/v1/${workflow}/executions`;

/** Executions that wait for one callback and then succeed with its body. */
class WaitingExecutions implements Executions {
  private readonly all = new Map<string, Execution>();

  create(
    parent: string,
    { argument, labels }: { argument: string; labels: Readonly<Record<string, string>> },
  ): Execution {
    const name = `${parent}/executions/e${this.all.size + 1}`;
    const execution: Execution = { name, startTime: "2026-01-05T00:00:00Z", state: "ACTIVE", argument, labels };
    this.all.set(name, execution);
    return execution;
  }

  get(name: string): Execution | undefined {
    return this.all.get(name);
  }

  list(parent: string): Execution[] {
    return [...this.all.values()].filter(({ name }) => name.startsWith(`${parent}/`)).reverse();
  }

  cancel(name: string): Execution {
    const cancelled: Execution = { ...this.all.get(name)!, state: "CANCELLED" };
    this.all.set(name, cancelled);
    return cancelled;
  }

  callbacks(execution: string): Callback[] {
    return this.all.get(execution)?.state === "ACTIVE" ? [{ id: "approval", method: "POST", waiters: 1 }] : [];
  }

  call(name: string, callbackId: string, { body }: { body: unknown }): boolean {
    const isAwaited = this.callbacks(name).some(({ id }) => id === callbackId);
    if (isAwaited) {
      this.all.set(name, { ...this.all.get(name)!, state: "SUCCEEDED", result: JSON.stringify(body) });
    }
    return isAwaited;
  }
}

let acme: Acme;

beforeEach(() => {
  acme = new Acme({}, { type: "google_workflows_workflow", id: workflow, values: {} });
  acme.apis.serveExecutions(new WaitingExecutions());
});

const start = async (argument = '{"version":"2"}') => acme.call("POST", url, { argument });

test("an execution is started, read, and called back", async () => {
  expect((await start()).body).toMatchObject({
    name: `${workflow}/executions/e1`,
    state: "ACTIVE",
    argument: '{"version":"2"}',
  });
  expect((await acme.call("GET", `${url}/e1/callbacks`)).body).toEqual({
    callbacks: [{ name: `${workflow}/executions/e1/callbacks/approval`, method: "POST", waiters: "1" }],
  });
  expect((await acme.call("POST", `${url}/e1/callbacks/approval`, { approved: true })).status).toBe(200);
  expect((await acme.call("GET", `${url}/e1`)).body).toMatchObject({ state: "SUCCEEDED", result: '{"approved":true}' });
  expect(refusal(await acme.call("POST", `${url}/e1/callbacks/approval`, {}))).toBe(
    `404 NOT_FOUND Callback 'approval' of execution '${workflow}/executions/e1' is not awaited`,
  );
});

test("executions are listed newest first, by state, without what they were given unless all is asked for", async () => {
  await start();
  await start();
  await acme.call("POST", `${url}/e1:cancel`, {});
  const list = async (query: string) =>
    ((await acme.call("GET", `${url}${query}`)).body as { executions: Execution[] }).executions;

  expect((await list("")).map(({ name }) => name.slice(-2))).toEqual(["e2", "e1"]);
  expect((await list('?filter=state="ACTIVE"')).map(({ name }) => name.slice(-2))).toEqual(["e2"]);
  expect((await list(""))[0]).not.toHaveProperty("argument");
  expect((await list("?view=FULL"))[0]).toHaveProperty("argument");
});

test("what has ended is not cancelled", async () => {
  await start();
  await acme.call("POST", `${url}/e1:cancel`, {});

  expect(refusal(await acme.call("POST", `${url}/e1:cancel`, {}))).toBe(
    `400 FAILED_PRECONDITION Execution '${workflow}/executions/e1' is not active, its state is CANCELLED`,
  );
});

test("an argument must hold JSON, and the workflow must exist", async () => {
  expect(refusal(await start("{"))).toBe("400 INVALID_ARGUMENT Execution argument must be a text that holds JSON");
  expect(refusal(await acme.call("POST", url.replace("rollout", "none"), {}))).toBe(
    `404 NOT_FOUND Workflow '${workflow.replace("rollout", "none")}' was not found`,
  );
});

test("without a runner the API is not answered", async () => {
  acme = new Acme();

  expect(refusal(await start())).toBe(
    "404 NOT_FOUND The sandbox does not stand in for the host 'workflowexecutions.googleapis.com'; its README lists those it does",
  );
});
