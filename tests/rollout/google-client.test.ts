import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

import { GoogleClient } from "../../tools/rollout/google-client";

const account = "deployer@acme.iam.gserviceaccount.com";
const noCredentials = mkdtempSync(join(tmpdir(), "no-gcloud-"));
const before = process.env;

// The library's own client is an ES module, which jest does not load: where there is a window, it takes that one's fetch.
Object.assign(globalThis, { window: { fetch } });

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly quotaProject?: string | undefined;
  readonly body: string;
}

type Answer = (response: ServerResponse) => void;

let server: Server;
let url: string;
let received: Received[];
let tokensGiven: number;
let answer: Answer;

/** Google's APIs, and the metadata server that gives tokens to a machine of Google's, in one. */
beforeEach(async () => {
  received = [];
  tokensGiven = 0;
  answer = json(200, {});
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const ours = Object.entries(before).filter(([name]) => !/^(GOOGLE|GCLOUD|CLOUDSDK|GCE|METADATA)_/i.test(name));
  process.env = {
    ...Object.fromEntries(ours),
    CLOUDSDK_CONFIG: noCredentials,
    GCE_METADATA_HOST: `127.0.0.1:${port}`,
    METADATA_SERVER_DETECTION: "assume-present",
    // Without it the library asks gcloud where there is one, which takes seconds.
    GOOGLE_CLOUD_PROJECT: "acme",
  };
});
afterEach(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
afterAll(() => rmSync(noCredentials, { recursive: true }));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "";
  if (path.startsWith("/computeMetadata/")) {
    metadata(path, response);
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  const { authorization, "content-type": type } = request.headers;
  const quotaProject = request.headers["x-goog-user-project"] as string | undefined;
  const body = Buffer.concat(parts).toString();
  received.push({
    method: request.method,
    url: path,
    authorization,
    type,
    body,
    ...(quotaProject && { quotaProject }),
  });
  answer(response);
}

function metadata(path: string, response: ServerResponse): void {
  response.setHeader("metadata-flavor", "Google");
  if (path.includes("/token")) {
    tokensGiven++;
    json(200, { access_token: `token-${tokensGiven}`, expires_in: 3_600, token_type: "Bearer" })(response);
    return;
  }
  const texts = { "/email": account, "/universe-domain": "googleapis.com", "/project-id": "acme" };
  const [, text = "yes"] = Object.entries(texts).find(([part]) => path.includes(part)) ?? [];
  response.end(text);
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

test("every call carries the token, which is fetched once, and a body as JSON", async () => {
  const client = new GoogleClient();
  answer = json(200, { name: "e" });
  expect(await client.call("GET", `${url}/v1/e?alt=media`)).toEqual({ name: "e" });
  await client.call("PATCH", `${url}/v1/e`, { labels: { a: "ü" } });

  expect(received).toEqual([
    { method: "GET", url: "/v1/e?alt=media", authorization: "Bearer token-1", type: undefined, body: "" },
    {
      method: "PATCH",
      url: "/v1/e",
      authorization: "Bearer token-1",
      type: "application/json",
      body: '{"labels":{"a":"ü"}}',
    },
  ]);
  expect(tokensGiven).toBe(1);
});

test("the quota of a call is taken from the project that the credentials name for it", async () => {
  process.env["GOOGLE_CLOUD_QUOTA_PROJECT"] = "acme-quota";
  await new GoogleClient().call("GET", `${url}/v1/e`);
  expect(received).toMatchObject([{ authorization: "Bearer token-1", quotaProject: "acme-quota" }]);
});

test("an empty answer is an empty message", async () => {
  answer = (response) => response.writeHead(204).end();
  expect(await new GoogleClient().call("DELETE", `${url}/v1/e`)).toEqual({});
});

test("the time is that of the service", async () => {
  const client = new GoogleClient();
  answer = json(200, {}, { date: "Mon, 05 Jan 2026 10:00:00 GMT" });
  await client.call("GET", `${url}/v1/e`);
  expect(client.now()).toBe(Date.parse("2026-01-05T10:00:00Z"));
});

test.each<[string, Answer, object]>([
  [
    "with Google's message",
    json(403, { error: { code: 403, message: "Permission 'x' denied", status: "PERMISSION_DENIED" } }),
    { status: 403, message: "Permission 'x' denied" },
  ],
  [
    "with a page of a proxy, which is not shown",
    (response) => response.writeHead(502, "Bad Gateway").end("<html>"),
    { status: 502, message: expect.stringMatching(/^127\.0\.0\.1:\d+ answers 502 Bad Gateway$/) },
  ],
  [
    "with an error in another form",
    json(429, { error: "slow down" }),
    { status: 429, message: expect.stringMatching(/^127\.0\.0\.1:\d+ answers 429 Too Many Requests$/) },
  ],
  [
    "with a broken connection",
    (response) => response.destroy(),
    { status: 0, message: expect.stringMatching(/^127\.0\.0\.1:\d+ does not answer: /) },
  ],
])(
  "a refusal %s is a CloudError, and is not asked for again: a write may have been done",
  async (_, refusal, error) => {
    answer = refusal;
    await expect(new GoogleClient().call("POST", `${url}/v1/e`, {})).rejects.toMatchObject({
      name: "CloudError",
      ...error,
    });
    expect(received).toHaveLength(1);
  },
);

/** Answers so often with an outage, and then well. */
function outage(times: number): Answer {
  return (response) => json(received.length > times ? 200 : 503, {})(response);
}

test("what is read is asked for again while Google does not answer, and so is a query", async () => {
  answer = outage(2);
  expect(await new GoogleClient(1).call("GET", `${url}/v1/e`)).toEqual({});
  expect(received).toHaveLength(3);
  received = [];
  expect(await new GoogleClient(1).call("POST", `${url}/v1/queries`, {}, true)).toEqual({});
  expect(received.map(({ body }) => body)).toEqual(["{}", "{}", "{}"]);
});

test("an outage that stays is told after six tries, and a refusal at once", async () => {
  answer = json(503, { error: { message: "the service is down" } });
  await expect(new GoogleClient(1).call("GET", `${url}/v1/e`)).rejects.toMatchObject({
    name: "CloudError",
    status: 503,
    message: "the service is down",
  });
  expect(received).toHaveLength(6);
  received = [];
  answer = json(403, { error: { message: "Permission 'x' denied" } });
  await expect(new GoogleClient(1).call("GET", `${url}/v1/e`)).rejects.toMatchObject({ status: 403 });
  expect(received).toHaveLength(1);
});

test("decisions are signed with the account, or, without one, with the user's name", async () => {
  expect(await new GoogleClient().actor()).toBe(account);
  process.env["METADATA_SERVER_DETECTION"] = "none";
  expect(await new GoogleClient().actor()).toBe(userInfo().username);
});

test("without credentials nothing is sent, and what to do is said", async () => {
  process.env["METADATA_SERVER_DETECTION"] = "none";
  await expect(new GoogleClient().call("GET", `${url}/v1/e`)).rejects.toMatchObject({
    name: "CloudError",
    status: 401,
    message: expect.stringMatching(/^no credentials of Google Cloud: run 'gcloud auth application-default login' \(/),
  });
  expect(received).toEqual([]);
});
