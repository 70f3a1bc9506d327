import { Acme, refusal } from "../support/acme";

const host = "https://storage.googleapis.com";
const lease = `${host}/storage/v1/b/acme-rollouts/o/leases%2Fchurn.json`;

let acme: Acme;

beforeEach(() => {
  acme = new Acme();
});

const insert = async (content: unknown, query = "", name = "leases/churn.json") =>
  acme.call(
    "POST",
    `${host}/upload/storage/v1/b/acme-rollouts/o?uploadType=media&name=${encodeURIComponent(name)}${query}`,
    content,
    { "content-type": "application/json" },
  );
const generation = async () => ((await acme.call("GET", lease)).body as { generation: string }).generation;

test("what Terraform made is read, with its metadata", async () => {
  const policy = `${host}/storage/v1/b/acme-rollouts/o/policy.json`;
  const media = await acme.call("GET", `${policy}?alt=media`);

  expect(String(media.body)).toBe('{"stages": [10, 50, 100]}');
  expect(media.headers).toMatchObject({ "content-type": "application/json", "x-goog-generation": "7" });
  expect((await acme.call("GET", policy)).body).toMatchObject({
    name: "policy.json",
    bucket: "acme-rollouts",
    generation: "7",
    metageneration: "1",
    size: "25",
  });
});

test("what is written is read as it was written, and the next generation is higher", async () => {
  expect((await insert({ holder: "a" })).status).toBe(200);
  const first = BigInt(await generation());
  await insert('{ "holder":  "b" }');

  expect(String((await acme.call("GET", `${lease}?alt=media`)).body)).toBe('{ "holder":  "b" }');
  expect(BigInt(await generation())).toBeGreaterThan(first);
});

test("an object that Terraform made can be written over", async () => {
  await insert({ stages: [] }, "&ifGenerationMatch=7", "policy.json");

  expect(String((await acme.call("GET", `${host}/storage/v1/b/acme-rollouts/o/policy.json?alt=media`)).body)).toBe(
    '{"stages":[]}',
  );
});

describe("preconditions", () => {
  const failed = "412 At least one of the pre-conditions you specified did not hold.";

  test("generation 0 makes an object only where there is none", async () => {
    expect((await insert({ holder: "a" }, "&ifGenerationMatch=0")).status).toBe(200);
    expect(refusal(await insert({ holder: "b" }, "&ifGenerationMatch=0"))).toBe(failed);
    expect(String((await acme.call("GET", `${lease}?alt=media`)).body)).toBe('{"holder":"a"}');
  });

  test("an object is deleted only in the generation that was read", async () => {
    await insert({ holder: "a" });
    const read = await generation();
    await insert({ holder: "b" });

    expect(refusal(await acme.call("DELETE", `${lease}?ifGenerationMatch=${read}`))).toBe(failed);
    expect((await acme.call("DELETE", `${lease}?ifGenerationMatch=${await generation()}`)).status).toBe(200);
    expect(refusal(await acme.call("GET", lease))).toBe("404 No such object: acme-rollouts/leases/churn.json");
  });
});

test("objects are listed by prefix, those of Terraform too", async () => {
  await insert({});
  const names = async (query: string) => {
    const { items = [] } = (await acme.call("GET", `${host}/storage/v1/b/acme-rollouts/o${query}`)).body as {
      items?: { name: string }[];
    };
    return items.map(({ name }) => name);
  };

  expect(await names("")).toEqual(["leases/churn.json", "policy.json"]);
  expect(await names("?prefix=leases/")).toEqual(["leases/churn.json"]);
  expect(await names("?prefix=none/")).toEqual([]);
});

test("a bucket that does not exist is refused", async () => {
  expect(refusal(await acme.call("GET", `${host}/storage/v1/b/none/o`))).toBe(
    "404 The specified bucket does not exist.",
  );
});
