import type { Json } from "../../tools/sandbox/workflows/values";
import { validateRequest } from "../support/google-definitions";
import { good, registryStage, settle, upload } from "./support/registry";
import { endpoint, location } from "./support/stage";

const register = good as unknown as Record<string, Json>;
const day = 24 * 60 * 60_000;

test("what the workflows of the registry ask Vertex AI for is valid by Google's definitions", async () => {
  const stage = registryStage({
    retention: { versions: 1, days: 1 },
    idle: { hours: 1, action: "retire" },
    stream: "propensity/stream.json",
  });
  stage.replaced.set("stream", () => ({}));
  const problems: string[] = [];
  const kinds = new Set<string>();
  stage.intercept = ({ request, proceed }) => {
    const { host, pathname, searchParams } = new URL(request.url);
    if (host.includes("aiplatform")) {
      const body = request.body === undefined ? undefined : (JSON.parse(String(request.body)) as unknown);
      const call = { host, method: request.method, path: decodeURIComponent(pathname), query: searchParams, body };
      problems.push(...validateRequest(call).map((problem) => `${request.method} ${pathname}: ${problem}`));
      kinds.add(`${request.method} ${pathname.split("/models").pop()!.replaceAll(/\d+/g, "N")}`);
    }
    return proceed();
  };
  await stage.run("register", register);
  await stage.run("promote", { model: "propensity", version: "1", alias: "champion", actor: "anna", override: true });
  const evaluation = { ...good.evaluation, baselineMetrics: good.evaluation.metrics };
  await stage.run("register", { ...register, artifactUri: "gs://acme-churn-models/b", evaluation });
  await stage.run("promote", { model: "propensity", version: "2", alias: "champion", actor: "anna", override: true });
  await upload(stage);
  await stage.call("POST", `https://europe-west4-aiplatform.googleapis.com/v1/${endpoint}:deployModel`, {
    deployedModel: {
      id: "22",
      model: `${location}/models/churn-propensity@2`,
      dedicatedResources: { machineSpec: { machineType: "n1-standard-4" }, minReplicaCount: 1 },
    },
  });
  await upload(stage);
  await stage.clock.jump(2 * day);
  await stage.run("prune", { actor: "schedule" });
  await stage.run("idle", { actor: "schedule" });
  await settle(stage);

  // The definitions call the fields of a slice output only, those of one that is imported as well.
  const imported = (problem: string) => /slices:batchImport: .*\.(metrics|slice)' is given by Google/.test(problem);
  expect(problems.filter((problem) => !imported(problem))).toEqual([]);
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      "POST :upload",
      "GET /churn-propensity:listVersions",
      "POST /churn-propensity@N/evaluations:import",
      "POST /churn-propensity/evaluations/N/slices:batchImport",
      "POST /churn-propensity@N:mergeVersionAliases",
      "DELETE /churn-propensity@N:deleteVersion",
    ]),
  );
});
