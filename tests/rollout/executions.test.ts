import { type CloudClient, CloudError } from "../../tools/rollout/cloud-client";
import { Executions, reasonOf } from "../../tools/rollout/executions";
import { teamNames } from "../../tools/rollout/names";
import { Rollouts } from "../../tools/rollout/rollouts";

const names = teamNames({ project: "acme", region: "europe-west4" }, "churn");
const execution = `${names.workflows}/churn-rollout/executions/e-1`;
const api = "https://workflowexecutions.googleapis.com/v1";

/** Keeps what is asked, and answers it. */
function clientOf(answer: (url: string) => unknown) {
  const asked: { method: string; url: string; body: unknown }[] = [];
  const client: CloudClient = {
    call: async (method, url, body) => {
      asked.push({ method, url, body });
      return Promise.resolve(answer(url));
    },
    now: () => 0,
    actor: () => Promise.resolve("anna"),
  };
  return { asked, client, executions: new Executions(client, names, 0) };
}

const missing = () => {
  throw new CloudError(404, "no such thing");
};

test("an answer goes to the execution's callback, whatever host the URL names that was read", async () => {
  const { asked, executions } = clientOf(() => ({}));
  // Google names the project by its number.
  const given = `${api}/projects/123456789012/locations/europe-west4/workflows/churn-rollout/executions/e-1/callbacks/0-ab`;
  await executions.answer(execution, given, "approve", "anna");
  await executions.answer(execution, "https://example.com/callbacks/0-ab", "approve", "anna");
  await executions.answer(execution, "https://example.com/0-ab?to=there", "approve", "anna");
  const body = { decision: "approve", actor: "anna" };
  expect(asked).toEqual([
    { method: "POST", url: `${api}/${execution}/callbacks/0-ab`, body },
    { method: "POST", url: `${api}/${execution}/callbacks/0-ab`, body },
    { method: "POST", url: `${api}/${execution}/callbacks/0-ab%3Fto%3Dthere`, body },
  ]);
});

test("an answer that nobody waits for says so, instead of that nothing is deployed", async () => {
  await expect(
    clientOf(missing).executions.answer(execution, "x/callbacks/1", "approve", "anna"),
  ).rejects.toMatchObject({
    name: "CloudError",
    status: 409,
    message: "nobody waits for this answer any more: no such thing",
  });
});

test.each([
  [{ state: "FAILED", error: { payload: '"the version is refused"' } }, "the version is refused"],
  [{ state: "FAILED", error: { payload: '{"message":"quota","code":8}' } }, "quota"],
  [{ state: "FAILED", error: { payload: "not JSON" } }, "not JSON"],
  [{ state: "CANCELLED" }, "it ended at once"],
  [
    { state: "UNAVAILABLE", stateError: { details: "the key 'k' was destroyed" } },
    "Workflows cannot read it: the key 'k' was destroyed",
  ],
])("%j ended because: %s", (ended, reason) => {
  expect(reasonOf({ name: execution, ...ended })).toBe(reason);
});

test("a rollout whose execution Workflows has forgotten is one that nobody is at work on", async () => {
  const { client } = clientOf(missing);
  const rollouts = new Rollouts(client, names, "europe-west4", "propensity", 0);
  const state = { phase: "ask", sequence: 7, execution: "churn-rollout/executions/e-1" };
  expect(await rollouts.lostBecause(state)).toBe("Workflows does not know it any more");
});
