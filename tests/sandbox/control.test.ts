import { SmallSandbox } from "../cli/support/small-sandbox";

let sandbox: SmallSandbox;
beforeEach(async () => {
  sandbox = await SmallSandbox.open();
});
afterEach(() => sandbox.close());

const endpoint = "projects/acme-ml/locations/europe-west4/endpoints/123456789";

async function ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const url = `${sandbox.url}/sandbox/v1/${path}`;
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() };
}

const refused = (status: number, message: string) => ({
  status,
  body: { error: expect.objectContaining({ code: status, message }) },
});

test("time passes as fast as is asked for", async () => {
  const { clock } = sandbox.runtime;
  expect(await ask("PATCH", "clock", { pace: 1 })).toMatchObject({ status: 200, body: { pace: 1 } });
  const hour = clock.sleep(60 * 60_000);
  const { body } = await ask("PATCH", "clock", { pace: 60_000 });
  expect(body).toMatchObject({ pace: 60_000 });
  await hour;
  const { now } = (await ask("GET", "clock")).body as { now: string };
  expect(Date.parse(now) - Date.parse((body as { now: string }).now)).toBeGreaterThan(59 * 60_000);

  for (const pace of [0, -1, 100_001, "fast", null]) {
    expect((await ask("PATCH", "clock", { pace } as object)).status).toBe(400);
  }
  expect(sandbox.runtime.clock.pace).toBe(60_000);
  expect(await ask("PATCH", "clock", { speed: 1, pace: 1 })).toEqual(
    refused(400, 'Invalid JSON payload received. Unknown name "speed": Cannot find field.'),
  );
});

test("people call an endpoint until they are told to stop", async () => {
  expect(await ask("GET", `${endpoint}/traffic`)).toEqual({ status: 200, body: {} });
  const { body } = await ask("PUT", `${endpoint}/traffic`, { rps: 5, errors: { champion: 0.5 } });
  expect(body).toMatchObject({ rps: 5, errors: { champion: 0.5 }, latency: {} });
  expect(sandbox.runtime.apis.traffic.get(endpoint)).toEqual(body);
  expect(await ask("PUT", `${endpoint}/traffic`, { rps: -1 })).toMatchObject({ status: 400 });
  expect(await ask("GET", `${endpoint}/traffic`)).toEqual({ status: 200, body });
  expect((await ask("DELETE", `${endpoint}/traffic`)).status).toBe(200);
  expect(await ask("GET", `${endpoint}/traffic`)).toEqual({ status: 200, body: {} });

  const unknown = endpoint.replace("123456789", "1");
  expect(await ask("PUT", `${unknown}/traffic`, { rps: 5 })).toEqual(
    refused(400, `there is no endpoint '${unknown}' in the sandbox; deploy the stack that makes it first`),
  );
});

test("faults by verb and path strike what they name", async () => {
  const rule = { method: "GET", path: "*/endpoints/*", fault: { kind: "refuse", status: "INTERNAL" } };
  await ask("POST", "faults", rule);
  const vertex = `${sandbox.url}/europe-west4-aiplatform.googleapis.com/v1/${endpoint}`;
  expect((await fetch(vertex, { method: "PATCH" })).status).toBe(400);
  expect((await fetch(vertex)).status).toBe(500);
  expect((await fetch(vertex)).status).toBe(200);
  expect((await ask("GET", "faults")).body).toMatchObject({ faults: [{ ...rule, struck: 1 }] });

  for (const fault of [{ kind: "refuse", status: "BROKEN" }, { kind: "slow", seconds: 0 }, { kind: "fire" }]) {
    expect((await ask("POST", "faults", { path: "*", fault })).status).toBe(400);
  }
  expect((await ask("GET", "faults")).body).toMatchObject({ faults: [{ struck: 1 }] });
});

test("the console is where it was opened", async () => {
  expect(await ask("GET", "console")).toEqual({ status: 200, body: { url: null } });
  sandbox.runtime.consoleUrl = "http://127.0.0.1:1";
  expect(await ask("GET", "console")).toEqual({ status: 200, body: { url: "http://127.0.0.1:1" } });
});

test("what it does not know is refused by name", async () => {
  expect(await ask("GET", "weather")).toEqual(
    refused(501, "GET /v1/weather is not answered by the sandbox; its README lists what is"),
  );
});
