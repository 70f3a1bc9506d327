import { SimulatedClock } from "../../../tools/sandbox/workflows/clock";
import {
  ConnectionProblem,
  type HttpRequest,
  type HttpResponse,
  jsonResponse,
} from "../../../tools/sandbox/workflows/http";
import { errorOf, resultOf, start } from "./support/run";

const calling = (call: string, args: object): string =>
  JSON.stringify({
    main: { steps: [{ ask: { call, args, result: "answer" } }, { done: { return: "${answer}" } }] },
  });

async function requestOf(call: string, args: object): Promise<HttpRequest> {
  const requests: HttpRequest[] = [];
  const http = (request: HttpRequest): Promise<HttpResponse> => {
    requests.push(request);
    return Promise.resolve({ code: 200 });
  };
  await resultOf(calling(call, args), undefined, { http });
  expect(requests).toHaveLength(1);
  return requests[0]!;
}

const answering = (response: HttpResponse) => ({ http: () => Promise.resolve(response) });
const url = "https://example.com/v1/endpoints/7";

test("a request carries its query, headers, body and authentication", async () => {
  const args = {
    url: `${url}?alt=json`,
    query: { updateMask: "trafficSplit,labels", page: 2, tag: ["a b", true] },
    headers: { "X-Goog-User-Project": "acme" },
    body: { trafficSplit: { "7": 90, "8": 10 }, share: 0.5 },
    auth: { type: "OAuth2", scopes: ["https://www.googleapis.com/auth/cloud-platform"] },
    timeout: 30,
  };

  expect(await requestOf("http.patch", args)).toEqual({
    method: "PATCH",
    url: `${url}?alt=json&updateMask=trafficSplit%2Clabels&page=2&tag=a%20b&tag=true`,
    headers: { "content-type": "application/json; charset=utf-8", "x-goog-user-project": "acme" },
    body: '{"trafficSplit":{"7":90,"8":10},"share":0.5}',
    auth: args.auth,
    timeoutSeconds: 30,
  });
});

test("a request without a body has no content type, and five minutes", async () => {
  expect(await requestOf("http.get", { url })).toEqual({ method: "GET", url, headers: {}, timeoutSeconds: 300 });
  expect(await requestOf("http.request", { url, method: "HEAD" })).toMatchObject({ method: "HEAD" });
  expect(await requestOf("http.delete", { url })).toMatchObject({ method: "DELETE" });
  expect(await requestOf("http.put", { url, body: "${null}" })).not.toHaveProperty("body");
});

test("a body is encoded as its content type says", async () => {
  const body = async (type: string | undefined, value: unknown) => {
    const headers = type === undefined ? {} : { "Content-Type": type };
    return (await requestOf("http.post", { url, headers, body: value })).body;
  };

  expect(await body(undefined, "text")).toBe('"text"');
  expect(await body(undefined, '${text.encode("raw")}')).toEqual(new TextEncoder().encode("raw"));
  expect(await body("application/x-www-form-urlencoded", { a: "b c" })).toBe("a=b%20c");
  expect(await body("text/csv", "a,b")).toBe("a,b");
  expect(await body("application/x-ndjson", '${"{}\\n"}')).toBe("{}\n");
});

test("an answer has a body, a code and headers in lower case", async () => {
  const answer = (response: HttpResponse) => resultOf(calling("http.get", { url }), undefined, answering(response));

  expect(await answer(jsonResponse(200, { a: [1, 2.5] }, { ETag: "x" }))).toEqual({
    body: { a: [1, 2.5] },
    code: 200,
    headers: { "content-type": "application/json; charset=UTF-8", etag: "x" },
  });
  expect(await answer({ code: 204 })).toEqual({ body: null, code: 204, headers: {} });
  expect(await answer({ code: 200, headers: { "Content-Type": "text/plain" }, body: "hi" })).toMatchObject({
    body: "hi",
  });
  expect(await errorOf(calling("http.get", { url }), undefined, answering({ code: 200, body: "raw" }))).toEqual({
    tags: ["TypeError"],
    message: "the result of the workflow: bytes cannot be JSON-encoded",
  });
});

test("an error code raises an HttpError that carries the answer", async () => {
  const response = jsonResponse(409, { error: { status: "ABORTED" } });

  expect(await errorOf(calling("http.post", { url }), undefined, answering(response))).toEqual({
    message: "HTTP server responded with error code 409",
    tags: ["HttpError"],
    code: 409,
    headers: { "content-type": "application/json; charset=UTF-8" },
    body: { error: { status: "ABORTED" } },
  });
});

test("no answer raises what happened to the connection", async () => {
  const http = () => Promise.reject(new ConnectionProblem("ConnectionError", "the connection was reset"));

  expect(await errorOf(calling("http.get", { url }), undefined, { http })).toEqual({
    tags: ["ConnectionError"],
    message: "the connection was reset",
  });
});

test("a slow answer is late after the timeout, on the simulated clock", async () => {
  const clock = new SimulatedClock(start);
  const http = async () => {
    await clock.sleep(45_000);
    return jsonResponse(200, "slow");
  };
  const body = async (timeout: number) => resultOf(calling("http.get", { url, timeout }), undefined, { clock, http });

  expect(await body(46)).toMatchObject({ body: "slow" });
  expect(await errorOf(calling("http.get", { url, timeout: 44 }), undefined, { clock, http })).toEqual({
    tags: ["TimeoutError"],
    message: "the HTTP request took longer than its timeout of 44 seconds",
  });
  expect(clock.now() - start).toBe(89_000);
});

test("an answer may have 2 MB, and the variables that take it 512 KB", async () => {
  const answer = (bytes: number) =>
    answering({ code: 200, headers: { "content-type": "text/plain" }, body: "x".repeat(bytes) });
  const ignoring = JSON.stringify({ main: { steps: [{ ask: { call: "http.get", args: { url } } }] } });
  const parts = JSON.stringify(Array.from({ length: 3 }, () => "x".repeat(200_000)));

  expect(await resultOf(ignoring, undefined, answer(2 ** 21))).toBeNull();
  expect(await errorOf(ignoring, undefined, answer(2 ** 21 + 1))).toEqual({
    tags: ["ResourceLimitError"],
    message: "a response may have 2097152 bytes at most, got 2097153",
  });
  expect(
    await errorOf(calling("http.get", { url }), undefined, answering(jsonResponse(200, JSON.parse(parts)))),
  ).toMatchObject({
    tags: ["ResourceLimitError"],
    message: expect.stringContaining("variables may take 524288 bytes"),
  });
});

test.each<[object, string, string]>([
  [
    { url: "example.com" },
    "ValueError",
    "'url' must begin with http:// or https:// and have no spaces, got 'example.com'",
  ],
  [{ url: 7 }, "TypeError", "'url' must be a string, got integer"],
  [{ url, headers: { a: 1 } }, "TypeError", "header 'a' must be a string, got integer"],
  [
    { url, query: { a: {} } },
    "TypeError",
    "query parameter 'a' must be a string, a number, a boolean or a list, got map",
  ],
  [{ url, auth: { type: "Basic" } }, "ValueError", "'auth.type' must be OIDC or OAuth2, got Basic"],
  [{ url, timeout: 1801 }, "ValueError", "'timeout' must be more than 0 and at most 1800 seconds, got 1801"],
  [
    { url, headers: { "content-type": "text/plain" }, body: {} },
    "TypeError",
    "a body of type 'text/plain' must be a string or bytes, got map",
  ],
])("%j raises a %s", async (args, tag, message) => {
  expect(await errorOf(calling("http.post", args))).toEqual({ tags: [tag], message });
});

test("a fault of the host is no error of the workflow", async () => {
  const http = () => Promise.reject(new RangeError("a bug"));

  await expect(resultOf(calling("http.get", { url }), undefined, { http })).rejects.toThrow("a bug");
});
