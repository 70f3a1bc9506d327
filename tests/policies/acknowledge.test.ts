import { acknowledge } from "../../policies/acknowledge";
import { formatFinding } from "../../policies/check";

const finding = {
  stack: "dev-churn-serving",
  address: "google_cloud_run_v2_service.Service",
  policy: "run/ingress-is-internal",
  message: "'ingress' must be something",
};
const accepted = {
  policy: "run/ingress-is-internal",
  address: "dev-churn-serving/google_cloud_run_v2_service.Service",
  reason: "the partner's test system calls it",
  expires: "2027-03-31",
};

const lines = (changes: Partial<typeof accepted>, today = "2027-03-31") =>
  acknowledge([finding], [{ ...accepted, ...changes }], today).map(formatFinding);

test.each([
  ["its address", {}],
  ["the beginning of its address", { address: "dev-churn-serving/google_cloud_run*" }],
  ["its stack", { address: "dev-churn-serving/*" }],
  ["everything", { address: "*" }],
])("a finding that is acknowledged by %s is gone until the last day is over", (_, changes) => {
  expect(lines(changes)).toEqual([]);
});

test("a finding comes back after the last day, with a line that says why", () => {
  expect(lines({}, "2027-04-01")).toEqual([
    "dev-churn-serving google_cloud_run_v2_service.Service: 'ingress' must be something [run/ingress-is-internal]",
    "dev-churn-serving google_cloud_run_v2_service.Service: the acknowledgement of run/ingress-is-internal expired on 2027-03-31: mend what it is about, or give it a new date and reason [acknowledgement/expired]",
  ]);
});

test.each([
  [
    "another policy",
    { policy: "run/arguments" },
    "the acknowledgement of run/arguments matches no finding: remove it [acknowledgement/unused]",
  ],
  [
    "a policy that does not exist",
    { policy: "run/ingres-is-internal" },
    "the acknowledged policy must be one of 'mlp policies', got 'run/ingres-is-internal': did you mean 'run/ingress-is-internal'? [acknowledgement/unknown-policy]",
  ],
  [
    "another address",
    { address: "dev-churn-serving/google_cloud_run_v2_service.Servise" },
    "the acknowledgement of run/ingress-is-internal matches no finding: remove it, or did you mean 'dev-churn-serving/google_cloud_run_v2_service.Service'? [acknowledgement/unused]",
  ],
  [
    "a part of the address",
    { address: "dev-churn-serving/google_cloud_run_v2_service" },
    "the acknowledgement of run/ingress-is-internal matches no finding: remove it, or did you mean 'dev-churn-serving/google_cloud_run_v2_service.Service'? [acknowledgement/unused]",
  ],
])("an acknowledgement of %s is a finding itself", (_, changes, message) => {
  const { address } = { ...accepted, ...changes };
  expect(lines(changes)).toEqual([formatFinding(finding), `${address.replace("/", " ")}: ${message}`]);
});

test("what a setting accepts need not match anything, and does not expire", () => {
  const bySetting = { policy: "kms/key-rotates", address: "*", reason: "a setting" };
  expect(acknowledge([], [bySetting], "2099-01-01")).toEqual([]);
  expect(acknowledge([{ ...finding, policy: "kms/key-rotates" }], [bySetting], "2099-01-01")).toEqual([]);
});
