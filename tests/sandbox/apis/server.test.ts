import { ApiServer } from "../../../tools/sandbox/apis/server";
import { Acme, endpoint, region } from "./support/acme";

let acme: Acme;
let server: ApiServer;

beforeEach(async () => {
  acme = new Acme();
  server = await ApiServer.listen(acme.apis);
});

afterEach(async () => {
  await server.close();
});

const vertex = () => `${server.url}/europe-west4-aiplatform.googleapis.com/v1`;

test("it answers on loopback, the host of Google being the first segment of the path", async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${vertex()}/${endpoint}`);

  expect(answer.headers.get("content-type")).toBe("application/json; charset=UTF-8");
  expect(await answer.json()).toMatchObject({ displayName: "churn" });
});

test("bodies arrive, JSON as JSON and uploads as they are", async () => {
  const started = await fetch(`${vertex()}/${region}/models:upload`, {
    method: "POST",
    body: JSON.stringify({ modelId: "churn", model: { displayName: "churn" } }),
  });
  expect(started.status).toBe(200);

  const storage = `${server.url}/storage.googleapis.com`;
  const upload = `${storage}/upload/storage/v1/b/acme-rollouts/o?uploadType=media&name=a%2Fb`;
  await fetch(upload, { method: "POST", body: '{ "x":  1 }', headers: { "content-type": "text/plain" } });
  const read = await fetch(`${storage}/storage/v1/b/acme-rollouts/o/a%2Fb?alt=media`);
  expect(await read.text()).toBe('{ "x":  1 }');
  expect(read.headers.get("content-type")).toBe("text/plain");
});

test.each([
  [
    "GET",
    "/none.googleapis.com/v1/x",
    undefined,
    404,
    "The sandbox does not stand in for the host 'none.googleapis.com'; its README lists those it does",
  ],
  [
    "GET",
    "/storage.googleapis.com/storage/v1/none",
    undefined,
    501,
    "GET /storage/v1/none is not answered by the sandbox; its README lists what is",
  ],
  [
    "GET",
    "/storage.googleapis.com/storage/v1/b/%ff/o",
    undefined,
    400,
    "The path has '%ff', which is not percent-encoded UTF-8",
  ],
  [
    "POST",
    `/europe-west4-aiplatform.googleapis.com/v1/${region}/models:upload`,
    "{",
    400,
    "Invalid JSON payload received. Parsing terminated before end of input.",
  ],
])("%s %s with %s is refused", async (method, path, body, status, message) => {
  const answer = await fetch(server.url + path, { method, ...(body !== undefined && { body }) });

  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code: status, message } });
});

test("a lost response is a broken connection", async () => {
  acme.apis.faults.add({ path: "*", fault: { kind: "lose-response" } });

  await expect(fetch(`${vertex()}/${endpoint}`)).rejects.toThrow("fetch failed");
});
