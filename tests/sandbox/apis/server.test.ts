import { request } from "node:http";

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

describe("a browser that shows a page of another site", () => {
  /** `fetch` would not let a test choose these headers. */
  function send(headers: Record<string, string>): Promise<{ status: number; message: string | undefined }> {
    return new Promise((resolve, reject) => {
      const sent = request(`${vertex()}/${endpoint}?updateMask=displayName`, { method: "PATCH", headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          const body = JSON.parse(Buffer.concat(parts).toString()) as { error?: { message: string } };
          resolve({ status: answer.statusCode!, message: body.error?.message });
        });
      });
      sent.on("error", reject).end('{"displayName":"changed"}');
    });
  }
  const nameOfEndpoint = async () => {
    const answer = await fetch(`${vertex()}/${endpoint}`);
    return ((await answer.json()) as { displayName: string }).displayName;
  };
  const here = (name: string) => `${name}:${new URL(server.url).port}`;

  test.each(["evil.example", "127.0.0.1", "localhost:1"])("is refused where it calls us %s", async (host) => {
    expect(await send({ host })).toEqual({
      status: 403,
      message: `the header Host must be ${here("127.0.0.1")} or ${here("localhost")}, got '${host}'`,
    });
    expect(await nameOfEndpoint()).toBe("churn");
  });

  test.each(["http://evil.example", "http://127.0.0.1:1", "null"])("is refused with the origin %s", async (origin) => {
    expect(await send({ origin })).toEqual({
      status: 403,
      message: `pages of other sites are not answered: the header Origin must be http://${here("127.0.0.1")} or absent, got '${origin}'`,
    });
    expect(await nameOfEndpoint()).toBe("churn");
  });

  test("is refused where it sends no origin, but says that the request crosses sites", async () => {
    for (const site of ["cross-site", "same-site"]) {
      expect(await send({ "sec-fetch-site": site, "sec-fetch-mode": "no-cors" })).toEqual({
        status: 403,
        message: `pages of other sites are not answered: the header Sec-Fetch-Site must be same-origin, none or absent, got '${site}'`,
      });
    }
    expect(await nameOfEndpoint()).toBe("churn");
  });

  test("programs, pages of ours and links that are followed are answered", async () => {
    for (const headers of [
      {},
      { host: here("localhost") },
      { origin: server.url, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    ]) {
      expect(await send(headers as Record<string, string>)).toEqual({ status: 200, message: undefined });
    }
    expect(await nameOfEndpoint()).toBe("changed");
  });
});
