import { changedIn, objectionsTo, objectionToPlan } from "../../tools/acceptance/objections";

const stack = (changes: object = {}) => ({
  name: "dev-base",
  config: { provider: { google: [{ project: "acme-try" }], "google-beta": [{ project: "acme-try" }] }, ...changes },
});
const change = (address: string, ...actions: string[]) => ({ address, mode: "managed", change: { actions } });

test("stacks of the named project that protect nothing may be tried", () => {
  const resource = { google_pubsub_topic: { Events: { lifecycle: { prevent_destroy: false } } } };
  expect(objectionsTo([stack(), stack({ resource })], "acme-try")).toEqual([]);
});

test("another project than the named one is refused, once", () => {
  expect(objectionsTo([stack(), stack()], "acme-other")).toEqual([
    "the environment's project is 'acme-try', and --project says 'acme-other': name the one that may be emptied",
  ]);
});

test("what is protected from being destroyed is refused", () => {
  const kept = { lifecycle: [{ prevent_destroy: true }] };
  const resource = { google_kms_crypto_key: { Key: kept }, google_storage_bucket: { State: kept } };
  expect(objectionsTo([stack({ resource })], "acme-try")).toEqual([
    "dev-base protects google_kms_crypto_key.Key and 1 more from being destroyed: set 'deletionProtection: false' in the environment, or leave the stack out with '--except dev-base'",
  ]);
});

test("a plan that only creates, and reads, is one of an empty project", () => {
  const read = { ...change("data.google_project.P", "read"), mode: "data" };
  expect(objectionToPlan("dev-base", { resource_changes: [change("a.b", "create"), read] })).toEqual([]);
});

test("a plan that finds something there is refused, also where it leaves that as it is", () => {
  const plan = { resource_changes: [change("a.b", "create"), change("a.c", "no-op"), change("a.d", "update")] };
  expect(objectionToPlan("dev-base", plan)).toEqual([
    "dev-base has a.c already and 1 more: it would be destroyed; use a project and a state of their own",
  ]);
});

test("changes are told with how, what stays is not", () => {
  const plan = { resource_changes: [change("a.b", "delete", "create"), change("a.c", "no-op")] };
  expect(changedIn(plan)).toEqual(["delete and create a.b"]);
});
