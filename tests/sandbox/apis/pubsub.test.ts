import { Acme, refusal } from "./support/acme";

const host = "https://pubsub.googleapis.com/v1/projects/acme";
const subscription = (name: string, more: object = {}) => ({
  type: "google_pubsub_subscription",
  id: `projects/acme/subscriptions/${name}`,
  values: { topic: "projects/acme/topics/runs", ack_deadline_seconds: 60, ...more },
});

let acme: Acme;

beforeEach(() => {
  acme = new Acme(
    {},
    { type: "google_pubsub_topic", id: "projects/acme/topics/runs", values: {} },
    subscription("readers"),
    subscription("pushed", { push_config: [{ push_endpoint: "https://acme.example" }] }),
  );
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const publish = async (...messages: object[]) => acme.call("POST", `${host}/topics/runs:publish`, { messages });
const pull = async (name = "readers", maxMessages = 10) => {
  const { body } = await acme.call("POST", `${host}/subscriptions/${name}:pull`, { maxMessages });
  return (
    (body as { receivedMessages?: { ackId: string; message: { data?: string; messageId: string } }[] })
      .receivedMessages ?? []
  );
};

test("messages wait for a pull, and are gone once they are acknowledged", async () => {
  expect((await publish({ data: base64("a") }, { attributes: { k: "v" } })).body).toEqual({ messageIds: ["1", "2"] });
  const [first, second] = await pull();

  expect(first!.message).toMatchObject({ data: base64("a"), messageId: "1", publishTime: "2026-01-05T00:00:00.000Z" });
  expect(second!.message).toMatchObject({ attributes: { k: "v" } });
  await acme.call("POST", `${host}/subscriptions/readers:acknowledge`, { ackIds: [first!.ackId] });
  expect(await pull()).toEqual([]);
  acme.clock.pass(1);
  expect((await pull()).map(({ message }) => message.messageId)).toEqual(["2"]);
});

test("what is pushed is told, and does not wait", async () => {
  const told: unknown[] = [];
  acme.apis.pubsub.onMessage((topic, message) => told.push([topic, message.data]));
  await publish({ data: base64("a") });

  expect(told).toEqual([["projects/acme/topics/runs", base64("a")]]);
  expect(await pull("pushed")).toEqual([]);
});

test.each([
  [
    { messages: [{}] },
    "400 INVALID_ARGUMENT One or more messages in the publish request is empty. Each message must contain either non-empty data, or at least one attribute.",
  ],
  [
    { messages: [{ data: "not base64!" }] },
    "400 INVALID_ARGUMENT Invalid value at 'messages.0.data': Invalid base64-encoded string",
  ],
])("%j is refused", async (body, message) => {
  expect(refusal(await acme.call("POST", `${host}/topics/runs:publish`, body))).toBe(message);
});

test("a topic that does not exist is not found", async () => {
  expect(refusal(await acme.call("POST", `${host}/topics/none:publish`, { messages: [{ data: base64("a") }] }))).toBe(
    "404 NOT_FOUND Resource not found (resource=none).",
  );
});
