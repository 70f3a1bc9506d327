import { GoogleProjectServiceIdentity } from "@cdktf/provider-google-beta/lib/google-project-service-identity";
import { DataGoogleBigqueryDefaultServiceAccount } from "@cdktf/provider-google/lib/data-google-bigquery-default-service-account";
import { DataGoogleLoggingProjectSettings } from "@cdktf/provider-google/lib/data-google-logging-project-settings";
import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";

import { type AgentService, platformServices, serviceAgents } from "../../catalog/services";
import { Services } from "../../constructs/services";
import { bucket } from "../support/fixtures";
import { addressOf, reference, resolve, templateOf, testStack } from "../support/template";

const withAgent = (service: AgentService) => templateOf((stack) => new Services(stack, "Services").agent(service));
const memberOf = (service: AgentService) => {
  const stack = testStack();
  return resolve(stack, new Services(stack, "Services").agent(service).member);
};

test("every service of the catalog is enabled, and nothing else is made until an agent is asked for", () => {
  const template = templateOf((stack) => new Services(stack, "Services"));
  expect(template.counts).toEqual({ google_project_service: platformServices.length });
  expect(template.all(ProjectService).map(({ service }) => service)).toEqual(
    platformServices.map((service) => `${service}.googleapis.com`),
  );
});

test("services stay enabled when they are destroyed", () => {
  const template = templateOf((stack) => new Services(stack, "Services"));
  for (const service of template.all(ProjectService)) {
    expect(service).toMatchObject({
      project: "acme-ml-dev",
      disable_on_destroy: false,
      disable_dependent_services: false,
    });
  }
});

test("what must wait for all services can", () => {
  expect(new Services(testStack(), "Services").all).toHaveLength(platformServices.length);
});

test("an agent that has to be asked for is an identity of the beta provider, once the service is enabled", () => {
  const template = withAgent("pubsub");
  expect(template.counts).toMatchObject({ google_project_service_identity: 1 });
  expect(template.only(GoogleProjectServiceIdentity)).toEqual({
    provider: "google-beta",
    project: "acme-ml-dev",
    service: reference(ProjectService, "service"),
    depends_on: [addressOf(ProjectService, "Services_pubsub")],
  });
  expect(memberOf("pubsub")).toBe("serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com");
});

test.each([
  ["storage", DataGoogleStorageProjectServiceAccount, "member"],
  ["bigquery", DataGoogleBigqueryDefaultServiceAccount, "member"],
] as const)("the agent of %s is read from a data source, which makes it", (service, type, attribute) => {
  const template = withAgent(service);
  expect(template.counts).toEqual({ google_project_service: platformServices.length });
  expect(template.onlyData(type)).toEqual({
    project: "acme-ml-dev",
    depends_on: [addressOf(ProjectService, `Services_${service}`)],
  });
  expect(memberOf(service)).toMatch(new RegExp(`^\\$\\{data\\.${type.tfResourceType}\\.[\\w-]+\\.${attribute}\\}$`));
});

test("the agent of Logging is the account that the project's settings name for keys", () => {
  expect(withAgent("logging").onlyData(DataGoogleLoggingProjectSettings)).toEqual({
    project: "acme-ml-dev",
    depends_on: [addressOf(ProjectService, "Services_logging")],
  });
  expect(memberOf("logging")).toMatch(
    /^serviceAccount:\$\{data\.google_logging_project_settings\.[\w-]+\.kms_service_account_id\}$/,
  );
});

test("the agent of Compute Engine exists with its service, for which its grants wait", () => {
  const template = templateOf((stack) => bucket(stack).grantRead(new Services(stack, "Services").agent("compute")));
  expect(template.only(StorageBucketIamMember)).toMatchObject({
    member: "serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com",
    depends_on: [addressOf(ProjectService, "Services_compute")],
  });
});

test.each(Object.keys(serviceAgents) as AgentService[])(
  "the agent of %s is the same when asked for twice",
  (service) => {
    const services = new Services(testStack(), "Services");
    expect(services.agent(service)).toBe(services.agent(service));
    expect(services.agent(service).name).toBe(`${service}-agent`);
  },
);

test("some services can be enabled alone, and agents of others are refused", () => {
  const template = templateOf((stack) => new Services(stack, "Services", { services: ["storage", "sts"] }));
  expect(template.all(ProjectService).map(({ service }) => service)).toEqual([
    "storage.googleapis.com",
    "sts.googleapis.com",
  ]);
  const services = new Services(testStack(), "Services", { services: ["storage", "sts"] });
  expect(() => services.agent("pubsub")).toThrow(
    new Error("test/Services: 'services' must hold pubsub to give its agent, got storage, sts"),
  );
});
