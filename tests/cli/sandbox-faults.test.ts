import { faultsCommand } from "../../tools/cli/commands/sandbox-faults";
import { readFault } from "../../tools/cli/fault-text";
import { SmallSandbox } from "./support/small-sandbox";

let sandbox: SmallSandbox;
beforeAll(async () => {
  sandbox = await SmallSandbox.open();
});
afterAll(() => sandbox.close());

const faults = (...args: string[]) => sandbox.run(faultsCommand(), ...args);
const patch = async () => {
  const endpoint = "projects/acme-ml/locations/europe-west4/endpoints/123456789";
  const url = `${sandbox.url}/europe-west4-aiplatform.googleapis.com/v1/${endpoint}?updateMask=labels`;
  return (await fetch(url, { method: "PATCH", body: '{"labels":{}}' })).status;
};

test("calls that are named fail as often as is said, others do not, and the list counts", async () => {
  expect((await faults()).output).toBe("Nothing goes wrong: 'mlp sandbox faults add --help' says how to change that.");
  expect(await faults("add", "vertex.patch", "--fault", "503", "--nth", "2", "--times", "3")).toEqual({
    output: "vertex.patch  UNAVAILABLE  struck 0 of 3, from call 2 on",
    error: undefined,
  });
  await faults("add", "storage", "--fault", "lose-response");
  const statuses = [];
  for (let call = 0; call < 5; call++) {
    statuses.push(await patch());
  }
  expect(statuses).toEqual([200, 503, 503, 503, 200]);
  expect((await faults("list")).output).toBe(
    "vertex.patch  UNAVAILABLE  struck 3 of 3, from call 2 on\nstorage  lose-response  struck 0 of 1",
  );

  expect((await faults("clear")).output).toBe("Nothing goes wrong any more.");
  expect((await faults()).output).toContain("Nothing goes wrong: ");
});

test("after a clear, what was left to strike strikes no more", async () => {
  await faults("add", "vertex.endpoints.patch", "--fault", "RESOURCE_EXHAUSTED", "--times", "2");
  expect(await patch()).toBe(429);
  await faults("clear");
  expect(await patch()).toBe(200);
});

test.each([
  [
    "vertx.patch",
    "503",
    "There is no service 'vertx': it must be one of bigquery, dataflow, executions, monitoring, pubsub, storage, vertex, did you mean 'vertex'?",
  ],
  [
    "storage.objects.gett",
    "503",
    "storage has no call 'objects.gett': it has objects.create, objects.delete, objects.get, objects.list, did you mean 'objects.get'?",
  ],
  ["vertex.get", "no-metrics", "The fault 'no-metrics' befalls monitoring.timeSeries.list alone, got 'vertex.get'"],
  [
    "vertex.models.patch",
    "stale-etag",
    "The fault 'stale-etag' befalls vertex.endpoints.patch alone, got 'vertex.models.patch'",
  ],
])("a fault for %s of %s is refused, and says what is allowed", async (call, fault, error) => {
  expect(await faults("add", call, "--fault", fault)).toEqual({ output: "", error });
  expect((await faults()).output).toContain("Nothing goes wrong: ");
});

test("faults and numbers that make no sense are refused before anybody is asked", async () => {
  expect((await faults("add", "vertex", "--fault", "broken")).error).toBe(
    "error: option '--fault <fault>' argument 'broken' is invalid. It must be one of: 503 or another status of HTTP, " +
      "UNAVAILABLE or another code, lose-response, slow=30s, fail-operation, fail-operation=INTERNAL, stale-etag, no-metrics, late-metrics=10m.",
  );
  expect((await faults("add", "vertex", "--fault", "503", "--times", "0")).error).toBe(
    "error: option '--times <number>' argument '0' is invalid. It must be a whole number, 1 or more.",
  );
});

test.each([
  ["429", { kind: "refuse", status: "RESOURCE_EXHAUSTED" }],
  ["409", { kind: "refuse", status: "ABORTED" }],
  ["permission_denied", { kind: "refuse", status: "PERMISSION_DENIED" }],
  ["slow=2m", { kind: "slow", seconds: 120 }],
  ["late-metrics=10m", { kind: "late-metrics", minutes: 10 }],
  ["fail-operation", { kind: "fail-operation", status: "INTERNAL" }],
  ["fail-operation=429", { kind: "fail-operation", status: "RESOURCE_EXHAUSTED" }],
  ["lose-response", { kind: "lose-response" }],
  ["lose-response=1", undefined],
  ["slow", undefined],
  ["slow=0s", undefined],
  ["late-metrics=10", undefined],
  ["fail-operation=never", undefined],
  ["418", undefined],
  ["", undefined],
])("'%s' is read as the fault %j", (text, fault) => {
  expect(readFault(text)).toEqual(fault);
});

test("all names of calls are listed", async () => {
  const names = (await faults("list", "--calls")).output.split("\n");
  expect(names).toEqual(expect.arrayContaining(["vertex.endpoints.deployModel", "executions.executions.cancel"]));
  expect(names).toEqual([...new Set(names)].sort());
});
