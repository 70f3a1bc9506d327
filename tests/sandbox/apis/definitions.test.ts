import type { ApiResponse } from "../../../tools/sandbox/apis/http";
import { validateRequest, validateResponse } from "../../support/google-definitions";
import { Acme, endpoint, endpointId, numbered, region } from "./support/acme";

const path = `endpoints/${endpointId}`;

/** Calls the APIs, and holds each request and each answer against Google's definitions. */
class Checked extends Acme {
  readonly problems: string[] = [];
  calls = 0;

  override async call(method: string, url: string, body?: unknown): Promise<ApiResponse> {
    const answer = await super.call(method, url, body);
    const { host, pathname, searchParams } = new URL(url);
    const call = { host, method, path: decodeURIComponent(pathname), query: searchParams, body };
    if (!pathname.includes("/operations/")) {
      this.calls++;
      const found = [...validateRequest(call), ...(answer.status === 200 ? validateResponse(call, answer.body) : [])];
      this.problems.push(...found.map((problem) => `${method} ${pathname}: ${problem}`));
    }
    return answer;
  }
}

test("requests and answers are valid by Google's definitions", async () => {
  const acme = new Checked();
  const dedicatedResources = {
    machineSpec: { machineType: "g2-standard-4", acceleratorType: "NVIDIA_L4", acceleratorCount: 1 },
    minReplicaCount: 1,
    autoscalingMetricSpecs: [{ metricName: "aiplatform.googleapis.com/prediction/online/cpu/utilization", target: 70 }],
  };
  await acme.upload(
    { labels: { run: "1" }, containerSpec: { imageUri: "x", ports: [{ containerPort: 8080 }] } },
    "champion",
  );
  await acme.upload({ explanationSpec: { parameters: { sampledShapleyAttribution: { pathCount: 5 } } } }, "challenger");
  await acme.finish(
    await acme.vertex("POST", `${path}:deployModel`, {
      deployedModel: { id: "11", model: `${region}/models/churn@1`, dedicatedResources, enableAccessLogging: true },
      trafficSplit: { "0": 100 },
    }),
  );
  await acme.deploy("22", "challenger");
  await acme.split({ "11": 90, "22": 10 });
  acme.apis.traffic.set(endpoint, { rps: 20, errors: { "*": 0.01 } });
  acme.clock.pass(20);

  await acme.vertex("GET", path);
  await acme.vertex("GET", "endpoints?pageSize=1");
  await acme.vertex("PATCH", `${path}?updateMask=labels,displayName`, { labels: { a: "b" }, displayName: "x" });
  await acme.vertex("POST", `${path}:predict`, { instances: [{ a: 1 }] });
  await acme.vertex("POST", `${path}:explain`, { instances: [{ a: 1 }], deployedModelId: "22" });
  await acme.finish(
    await acme.vertex("POST", `${path}:mutateDeployedModel`, {
      deployedModel: {
        id: "11",
        model: `${numbered}/models/churn`,
        dedicatedResources: { ...dedicatedResources, maxReplicaCount: 2 },
      },
      updateMask: "dedicatedResources.maxReplicaCount",
    }),
  );
  await acme.vertex("GET", "models");
  await acme.vertex("GET", "models/churn@champion");
  await acme.vertex("GET", "models/churn:listVersions");
  await acme.vertex("PATCH", "models/churn@2?updateMask=labels", { displayName: "churn", labels: { run: "2" } });
  await acme.vertex("POST", "models/churn@2:mergeVersionAliases", { versionAliases: ["champion", "-challenger"] });
  const evaluation = (
    await acme.vertex("POST", "models/churn@2/evaluations:import", {
      modelEvaluation: { displayName: "holdout", metrics: { auRoc: 0.9 }, sliceDimensions: ["country"] },
    })
  ).body as { name: string };
  const evaluationId = evaluation.name.split("/").pop()!;
  await acme.vertex("GET", "models/churn@2/evaluations");
  await acme.vertex("POST", `models/churn/evaluations/${evaluationId}/slices:batchImport`, {
    modelEvaluationSlices: [{ slice: { dimension: "country", value: "NL" }, metrics: { auRoc: 0.8 } }],
  });
  await acme.vertex("GET", `models/churn/evaluations/${evaluationId}/slices`);
  await acme.vertex("POST", "pipelineJobs?pipelineJobId=training-1", {
    displayName: "training",
    templateUri: "https://europe-west4-kfp.pkg.dev/acme/pipelines/training/v1",
    runtimeConfig: { gcsOutputDirectory: "gs://acme", parameterValues: { epochs: 3 } },
  });
  await acme.vertex("POST", "customJobs", {
    displayName: "tune",
    jobSpec: {
      workerPoolSpecs: [
        { replicaCount: "1", machineSpec: { machineType: "n1-standard-4" }, containerSpec: { imageUri: "x" } },
      ],
    },
  });
  await acme.vertex("POST", "batchPredictionJobs", {
    displayName: "nightly",
    model: `${region}/models/churn`,
    inputConfig: { instancesFormat: "jsonl", gcsSource: { uris: ["gs://acme/in"] } },
    outputConfig: { predictionsFormat: "jsonl", gcsDestination: { outputUriPrefix: "gs://acme/out" } },
  });
  acme.clock.pass(30);
  for (const collection of ["pipelineJobs", "customJobs", "batchPredictionJobs"]) {
    await acme.vertex("GET", collection);
  }
  for (const [metric, aligner] of [
    ["response_count", "ALIGN_DELTA"],
    ["prediction_latencies", "ALIGN_PERCENTILE_95"],
    ["prediction_latencies", "ALIGN_DELTA"],
    ["replicas", "ALIGN_MEAN"],
  ]) {
    const query = new URLSearchParams({
      filter: `metric.type="aiplatform.googleapis.com/prediction/online/${metric!}"`,
      "interval.startTime": new Date(acme.clock.now() - 60 * 60_000).toISOString(),
      "interval.endTime": new Date(acme.clock.now()).toISOString(),
      "aggregation.alignmentPeriod": "600s",
      "aggregation.perSeriesAligner": aligner!,
    });
    const { body } = await acme.call(
      "GET",
      `https://monitoring.googleapis.com/v3/projects/acme/timeSeries?${query.toString()}`,
    );
    expect(body).toHaveProperty("timeSeries");
  }

  // Google marks a slice's fields as its own, and its batch import takes nothing else.
  const imported = (problem: string) => problem.includes("slices:batchImport: ");
  expect(acme.problems.filter((problem) => !imported(problem))).toEqual([]);
  expect(acme.calls).toBeGreaterThan(30);
});
