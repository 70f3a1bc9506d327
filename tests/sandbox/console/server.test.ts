import { request } from "node:http";

import { ConsoleServer } from "../../../tools/sandbox/console/server";
import { Theatre } from "./support/theatre";

let theatre: Theatre;
let server: ConsoleServer;
const errors: Error[] = [];

beforeEach(async () => {
  errors.length = 0;
  theatre = new Theatre();
  server = await ConsoleServer.listen({ source: theatre.source, onError: (error) => errors.push(error) });
});
afterEach(async () => {
  await server.close();
  theatre.close();
  expect(errors).toEqual([]);
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` would not let a test choose the Host header. */
function ask(path: string, { method = "GET", headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const token = async () => /name="console-token" content="([^"]+)"/.exec((await ask("/")).text)![1]!;

/** Events of a page that looks on; `next` waits for one of a name. */
async function lookOn(headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const answer = await fetch(`${server.url}/events`, { headers, signal: stop.signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const seen: { id: string | undefined; name: string; data: Record<string, unknown> }[] = [];
  const next = async (name: string) => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end < 0) {
        text += (await reader.read()).value ?? "";
        continue;
      }
      const fields = new Map(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
      );
      text = text.slice(end + 2);
      const [found, json] = [fields.get("event"), fields.get("data")];
      if (found !== undefined && json !== undefined) {
        seen.push({ id: fields.get("id"), name: found, data: JSON.parse(json) as Record<string, unknown> });
        if (found === name) {
          return seen.at(-1)!;
        }
      }
    }
  };
  return { seen, next, stop: () => stop.abort() };
}

test("listens on loopback alone", () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("the page allows nothing from elsewhere, and nobody to frame it", async () => {
  const { status, headers, text } = await ask("/");
  expect(status).toBe(200);
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(text).not.toMatch(/https?:\/\/|style=|<script>/);
});

test.each(["/app.js", "/base.css", "/style.css", "/icon.svg"])("serves %s", async (path) => {
  expect(await ask(path)).toMatchObject({ status: 200 });
});

test.each(["/tsconfig.json", "/../server.ts", "/..%2fserver.ts", "/page/app.js", "/nothing"])(
  "does not serve %s",
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

test("a name that leads to loopback by a trick is refused, and so is a page of another site", async () => {
  const { port } = new URL(server.url);
  expect(await ask("/api/view", { headers: { host: `evil.example:${port}` } })).toMatchObject({
    status: 403,
    text: `{"error":"the header Host must be 127.0.0.1:${port} or localhost:${port}, got 'evil.example:${port}'"}`,
  });
  expect(await ask("/events", { headers: { "sec-fetch-site": "cross-site" } })).toMatchObject({ status: 403 });
  expect((await ask("/api/view", { headers: { host: `localhost:${port}` } })).status).toBe(200);
});

test.each(["PUT", "DELETE", "POST"])("%s changes nothing", async (method) => {
  expect(await ask("/api/view", { method })).toMatchObject({
    status: 405,
    text: `{"error":"the console only reads; it was asked to ${method} /api/view"}`,
  });
});

test("shows the values of a resource, and says which one it does not have", async () => {
  const path = (address: string) => `/api/resource?stack=sandbox-churn-serving&address=${address}`;
  expect(JSON.parse((await ask(path("google_storage_bucket.Rollouts_1A2B3C4D"))).text)).toEqual({
    name: "acme-rollouts",
  });
  expect(await ask(path("google_storage_bucket.Nothing"))).toMatchObject({
    status: 404,
    text: `{"error":"the sandbox holds no resource 'google_storage_bucket.Nothing' of stack 'sandbox-churn-serving'"}`,
  });
});

test("events begin with everything, then bring what changed, in the order of their ids", async () => {
  const page = await lookOn();
  const first = await page.next("snapshot");
  expect(Object.keys(first.data).sort()).toEqual(["executions", "journal", "models", "sandbox", "stacks"]);
  await page.next("clock");
  await theatre.serve();
  const change = await page.next("change");
  expect(Object.keys(change.data)).toEqual(expect.arrayContaining(["models", "journal"]));
  expect(change.data).not.toHaveProperty("sandbox");
  page.stop();
  const numbers = page.seen.flatMap(({ id }) => (id === undefined ? [] : [Number(id.split("-")[1])]));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test("a page that comes back is told what it missed, and everything after too long or from another run", async () => {
  const page = await lookOn();
  const { id } = await page.next("snapshot");
  page.stop();
  await theatre.serve();

  const back = await lookOn({ "last-event-id": id! });
  expect((await back.next("change")).data).toHaveProperty("journal");
  expect(back.seen.map(({ name }) => name)).toEqual(["change"]);
  back.stop();

  for (const unknown of ["other-1", "nonsense", `${id!.split("-")[0]!}-999`]) {
    const stranger = await lookOn({ "last-event-id": unknown });
    expect((await stranger.next("snapshot")).data).toHaveProperty("models");
    stranger.stop();
  }
});

describe("decisions", () => {
  beforeEach(async () => {
    await theatre.serve();
    await theatre.rollOut();
    await theatre.until(({ phase, callback }) => phase === "ask" && callback !== "");
  });

  const decision = (changes = {}) =>
    JSON.stringify({ model: "churn/propensity", rollout: theatre.state()!.id, decision: "rollback", ...changes });

  test("one that the page takes reaches the rollout", async () => {
    const headers = { "x-console-token": await token(), origin: server.url };
    expect(await ask("/api/decisions", { method: "POST", headers, body: decision() })).toMatchObject({ status: 200 });
    await theatre.until(({ phase }) => phase === "rolled-back");
    expect(theatre.state()).toMatchObject({ reason: "rolled back by console" });
  });

  test("none that another page takes does", async () => {
    const post = (headers: Record<string, string>) =>
      ask("/api/decisions", { method: "POST", headers, body: decision() });
    for (const headers of [{}, { "x-console-token": "guess" }]) {
      expect(await post(headers as Record<string, string>)).toMatchObject({
        status: 403,
        text: `{"error":"decisions are taken from the console's own page alone; reload it"}`,
      });
    }
    expect(await post({ "x-console-token": await token(), origin: "http://evil.example" })).toMatchObject({
      status: 403,
      text: expect.stringContaining("got 'http://evil.example'"),
    });
    expect(theatre.state()!.phase).toBe("ask");
  });

  test("one that cannot be taken says why", async () => {
    const headers = { "x-console-token": await token() };
    const post = async (body: string) => {
      const { status, text } = await ask("/api/decisions", { method: "POST", headers, body });
      return `${status} ${(JSON.parse(text) as { error: string }).error}`;
    };
    expect(await post("{")).toBe("400 a decision must have 'model', 'rollout' and 'decision' (approve or rollback)");
    expect(await post(decision({ decision: "wait" }))).toMatch(/^400 /);
    expect(await post("x".repeat(10_000))).toMatch(/^400 /);
    expect(await post(decision({ model: "churn/other" }))).toBe("409 there is no model 'churn/other' in the sandbox");
    expect(await post(decision({ rollout: "old" }))).toBe(
      "409 rollout 'old' is not the latest of churn/propensity; look at what the page shows now",
    );
    const { id } = theatre.state()!;
    await theatre.until(({ phase }) => phase === "rolled-back");
    expect(await post(decision())).toBe(`409 rollout '${id}' asks nothing now: its phase is 'rolled-back'`);
  });
});
