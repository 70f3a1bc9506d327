import { subscriptionNeverExpires } from "../../../policies/security/subscription-never-expires";
import { bothShapes } from "../../support/shapes";

const check = (args: Record<string, unknown>) =>
  bothShapes(args).map(([, shape]) => subscriptionNeverExpires.check(shape, "google_pubsub_subscription"));

test.each(["", "${var.ttl}"])("a time of '%s' passes", (ttl) => {
  expect(check({ expiration_policy: { ttl } })).toEqual([undefined, undefined]);
});

test.each([
  [{ expiration_policy: { ttl: "2678400s" } }, '"2678400s"'],
  [{ expiration_policy: { ttl: null } }, "nothing"],
  [{ expiration_policy: {} }, "nothing"],
  [{ expiration_policy: null }, "nothing"],
  [{}, "nothing"],
])("%j is refused", (args, shown) => {
  const message = `'expiration_policy.ttl' must be "", which is never, got ${shown}`;
  expect(check(args)).toEqual([message, message]);
});
