import { privateDataflowWorkers } from "../../../policies/security/private-dataflow-workers";

const check = (ip?: unknown) => privateDataflowWorkers.check({ ip_configuration: ip }, "google_dataflow_job");

test.each(["WORKER_IP_PRIVATE", "${var.ip}"])("%s passes", (ip) => {
  expect(check(ip)).toEqual([]);
});

test.each([
  [undefined, "nothing"],
  [null, "nothing"],
  ["WORKER_IP_PUBLIC", '"WORKER_IP_PUBLIC"'],
])("%j is refused", (ip, shown) => {
  expect(check(ip)).toEqual([`'ip_configuration' must be "WORKER_IP_PRIVATE", got ${shown}`]);
});
