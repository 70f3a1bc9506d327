import { workflowSource } from "../../../tools/sandbox/rules/workflow-source";
import { creation, deletion, worldOf } from "../support/world";

const id = "projects/acme/locations/europe-west4/workflows/rollout";
const judge = (source: string) =>
  workflowSource.check(
    creation("google_workflows_workflow", id, { name: "rollout", source_contents: source }),
    worldOf(),
  );

test("a workflow whose source can be read is taken", () => {
  expect(judge("main:\n  steps:\n    - done:\n        return: 1\n")).toBeUndefined();
});

test("a source that cannot be read is refused with all of its problems", () => {
  expect(judge("main:\n  steps:\n    - a:\n        next: nowhere\n    - b:\n        return: ${x}\n")).toEqual({
    error: expect.stringMatching(
      /^Error creating Workflow: googleapi: Error 400: main\.yaml: parse error:\nrollout:4:15 .*nowhere.*\nrollout:6:\d+ .*x.*$/,
    ),
    remedy: "Mend the file of 'workflows/' that the source is made of.",
  });
});

test("a workflow is deleted whatever its source is", () => {
  const broken = deletion("google_workflows_workflow", id, { source_contents: "main: 1" });
  expect(workflowSource.check(broken, worldOf())).toBeUndefined();
});
