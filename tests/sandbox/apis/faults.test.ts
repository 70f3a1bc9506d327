import { ConnectionLostError } from "../../../tools/sandbox/apis/faults";
import { Acme, endpoint, endpointId, refusal } from "./support/acme";

const path = `endpoints/${endpointId}`;

let acme: Acme;

beforeEach(async () => {
  acme = new Acme();
  await acme.upload({}, "champion");
  await acme.upload({}, "challenger");
  await acme.deploy("11", "champion", { "0": 100 });
  await acme.deploy("22", "challenger");
});

const read = async () => (await acme.vertex("GET", path)).body as { etag: string; trafficSplit: object };

test("a call is refused with the status that is asked for, and nothing is changed; the next one goes through", async () => {
  acme.apis.faults.add({ method: "PATCH", path: `*/${path}`, fault: { kind: "refuse", status: "UNAVAILABLE" } });

  expect(refusal(await acme.split({ "22": 100 }))).toBe("503 UNAVAILABLE The service is currently unavailable.");
  expect((await read()).trafficSplit).toEqual({ "11": 100 });
  expect((await acme.split({ "22": 100 })).status).toBe(200);
});

test("the nth call and those after it are struck, as often as is said", async () => {
  acme.apis.faults.add({
    path: "*/endpoints/*",
    nth: 2,
    times: 2,
    fault: { kind: "refuse", status: "RESOURCE_EXHAUSTED" },
  });
  const statuses = [];
  for (let call = 0; call < 4; call++) {
    statuses.push((await acme.vertex("GET", path)).status);
  }

  expect(statuses).toEqual([200, 429, 429, 200]);
});

test("a response is lost after the change was made", async () => {
  acme.apis.faults.add({ method: "PATCH", path: "*", fault: { kind: "lose-response" } });

  await expect(acme.split({ "11": 50, "22": 50 })).rejects.toThrow(ConnectionLostError);
  expect((await read()).trafficSplit).toEqual({ "11": 50, "22": 50 });
});

test("an etag is stale because someone else wrote in between", async () => {
  acme.apis.faults.add({ method: "PATCH", path: "*", fault: { kind: "stale-etag" } });
  const { etag } = await read();
  const body = { trafficSplit: { "22": 100 }, etag };

  expect(refusal(await acme.vertex("PATCH", `${path}?updateMask=trafficSplit`, body))).toContain(
    "409 ABORTED Specified Endpoint",
  );
  expect((await read()).trafficSplit).toEqual({ "11": 100 });
  expect(
    (await acme.vertex("PATCH", `${path}?updateMask=trafficSplit`, { ...body, etag: (await read()).etag })).status,
  ).toBe(200);
});

test("an operation ends with an error, and has no effect", async () => {
  acme.apis.faults.add({
    path: "*:undeployModel",
    fault: { kind: "fail-operation", status: "INTERNAL", message: "Failed to stop the replicas." },
  });
  const operation = await acme.finish(await acme.vertex("POST", `${path}:undeployModel`, { deployedModelId: "22" }));

  expect(operation).toMatchObject({ done: true, error: { code: 13, message: "Failed to stop the replicas." } });
  expect(operation).not.toHaveProperty("response");
  expect(await read()).toMatchObject({ deployedModels: [{ id: "11" }, { id: "22" }] });
});

test("an operation takes longer", async () => {
  acme.apis.faults.add({ path: "*:undeployModel", fault: { kind: "slow", seconds: 3_600 } });
  await acme.vertex("POST", `${path}:undeployModel`, { deployedModelId: "22" });
  acme.clock.pass(61);

  expect(await read()).toMatchObject({ deployedModels: [{ id: "11" }, { id: "22" }] });
  acme.clock.pass(1);
  expect(await read()).toMatchObject({ deployedModels: [{ id: "11" }] });
});

test("metrics are missing, or later than they should be", async () => {
  acme.apis.traffic.set(endpoint, { rps: 10 });
  acme.clock.pass(30);
  const points = async () => {
    const query = new URLSearchParams({
      filter: 'metric.type="aiplatform.googleapis.com/prediction/online/response_count"',
      "interval.startTime": new Date(acme.clock.now() - 20 * 60_000).toISOString(),
      "interval.endTime": new Date(acme.clock.now()).toISOString(),
    });
    const { body } = await acme.call(
      "GET",
      `https://monitoring.googleapis.com/v3/projects/acme/timeSeries?${query.toString()}`,
    );
    return (body as { timeSeries?: { points: unknown[] }[] }).timeSeries?.[0]?.points.length;
  };
  acme.apis.faults.add(
    { path: "monitoring.googleapis.com/*", fault: { kind: "no-metrics" } },
    { path: "monitoring.googleapis.com/*", nth: 2, fault: { kind: "late-metrics", minutes: 10 } },
  );

  expect(await points()).toBeUndefined();
  expect(await points()).toBe(6);
  expect(await points()).toBe(16);
});
