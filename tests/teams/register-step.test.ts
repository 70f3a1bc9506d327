import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";

import { parse } from "yaml";

interface Executor {
  readonly container: { readonly command: readonly string[]; readonly args: readonly string[] };
}

const file = join(__dirname, "..", "..", "teams", "churn", "pipelines", "training.yaml");
const { deploymentSpec } = parse(readFileSync(file, "utf8")) as {
  deploymentSpec: { executors: Record<string, Executor> };
};
const { command, args } = deploymentSpec.executors["register"]!.container;
const workflow = "projects/acme/locations/europe-west4/workflows/churn-register";

/** What Vertex AI puts in the place of the placeholders of a task. */
const values: Readonly<Record<string, string>> = {
  "{{$.inputs.artifacts['model'].path}}": "/gcs/acme-churn-pipelines/training/7/model",
  "{{$.inputs.parameters['predictor']}}": "churn-predictor@sha256:00",
  "{{$.inputs.parameters['validation']}}": '{"passed": true}',
  "{{$.inputs.parameters['evaluation']}}": '{"metrics": {"auRoc": 0.8}}',
  "{{$.pipeline_google_cloud_project_id}}": "acme",
  "{{$.pipeline_google_cloud_location}}": "europe-west4",
  "{{$.pipeline_job_uuid}}": "7",
};

/** Sends every request to loopback, does not sleep, and tells what is copied instead of copying it. */
const around = `
import os, shutil, sys, time, urllib.request
plain = urllib.request.urlopen
def redirected(request, timeout):
    host, _, path = request.full_url.split("://", 1)[1].partition("/")
    request.full_url = os.environ["STAND_IN"] + "/" + host + "/" + path
    return plain(request, timeout=timeout)
urllib.request.urlopen = redirected
time.sleep = lambda seconds: None
shutil.copytree = lambda source, target, dirs_exist_ok: print("copy", source, target)
exec(os.environ["PROGRAM"])
`;

interface Heard {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Stands in for the metadata server and for Workflows. */
class StandIn {
  readonly heard: Heard[] = [];
  private readonly server: Server;

  constructor(private readonly end: object) {
    this.server = createServer((request, response) => void this.answer(request).then((body) => response.end(body)));
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, "127.0.0.1", listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<string> {
    const path = request.url!;
    if (path.startsWith("/metadata.google.internal/")) {
      return JSON.stringify(request.headers["metadata-flavor"] === "Google" ? { access_token: "t" } : {});
    }
    const body = Buffer.concat(await request.toArray()).toString();
    this.heard.push({ path, authorization: request.headers.authorization, body });
    const execution = { name: `${workflow}/executions/e`, state: "ACTIVE" };
    return JSON.stringify(this.heard.length < 3 ? execution : { ...execution, ...this.end });
  }
}

async function step(end: object): Promise<{ code: number; output: string; heard: readonly Heard[] }> {
  const standIn = new StandIn(end);
  const filled = args.map((text) => text.replace(/\{\{.*?\}\}/g, (placeholder) => values[placeholder] ?? placeholder));
  const env = { PATH: process.env["PATH"], STAND_IN: await standIn.listen(), PROGRAM: command[2] };
  return new Promise((ended) => {
    execFile(command[0]!, ["-c", around, ...filled], { env }, (error, stdout, stderr) => {
      standIn.close();
      ended({ code: error ? 1 : 0, output: stdout + stderr, heard: standIn.heard });
    });
  });
}

test("the last step of the training copies the model, starts the workflow as it wants to be called, and waits for it", async () => {
  const { code, output, heard } = await step({
    state: "SUCCEEDED",
    result: '{"version": "1", "outcome": "challenger"}',
  });
  expect({ code, output }).toEqual({
    code: 0,
    output:
      "copy /gcs/acme-churn-pipelines/training/7/model /gcs/acme-churn-models/propensity/7\n" +
      '{"version": "1", "outcome": "challenger"}\n',
  });
  const executions = `/workflowexecutions.googleapis.com/v1/${workflow}/executions`;
  expect(heard.map(({ path }) => path)).toEqual([executions, `${executions}/e`, `${executions}/e`]);
  expect(heard[0]!.authorization).toBe("Bearer t");
  const { argument } = JSON.parse(heard[0]!.body) as { argument: string };
  expect(JSON.parse(argument)).toEqual({
    model: "propensity",
    artifactUri: "gs://acme-churn-models/propensity/7",
    image: "europe-west4-docker.pkg.dev/acme/images/churn-predictor@sha256:00",
    actor: "pipeline training",
    container: { predictRoute: "/predict", healthRoute: "/health", ports: [{ containerPort: 8080 }] },
    dataValidation: { passed: true },
    evaluation: { metrics: { auRoc: 0.8 } },
  });
});

test("a version that could not be registered fails the step, with the reason", async () => {
  const { code, output } = await step({ state: "FAILED", error: { payload: '"the team has no model"' } });
  expect(code).toBe(1);
  expect(output).toContain('the version was not registered: {"payload": "\\"the team has no model\\""}');
});
