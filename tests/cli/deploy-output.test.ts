import { DeployOutput, type StackEvent } from "../../tools/cli/deploy-output";

const stacks = ["sandbox-foundation", "sandbox-quotas"];

function read(text: string): { events: StackEvent[]; failures: ReadonlyMap<string, string> } {
  const events: StackEvent[] = [];
  const output = new DeployOutput(stacks, (event) => events.push(event));
  for (const line of text.split("\n")) {
    output.line(line);
  }
  return { events, failures: output.failures() };
}

test("news of a stack comes after its name, and indented below it", () => {
  const { events } = read(
    `sandbox-foundation  Initializing the backend...

                    Plan: 2 to add, 1 to change, 0 to destroy.
sandbox-foundation  google_a.b: Creation complete after 0s [id=x]
                    google_a.c: Modifications complete after 1s [id=y]

1 Stack deploying     0 Stacks done     1 Stack waiting
sandbox-foundation  
                    Apply complete! Resources: 2 added, 1 changed, 0 destroyed.`,
  );
  expect(events).toEqual([
    { kind: "planned", stack: "sandbox-foundation", steps: 3, summary: "2 added, 1 changed" },
    { kind: "step", stack: "sandbox-foundation" },
    { kind: "step", stack: "sandbox-foundation" },
    { kind: "done", stack: "sandbox-foundation" },
  ]);
});

test("what is redrawn for a terminal is read as well", () => {
  const { events } = read(
    "\u001b[2K\u001b[1A\u001b[2K\u001b[Gsandbox-quotas  \u001b[0m\u001b[1mNo changes.\u001b[0m Your infrastructure",
  );
  expect(events).toEqual([{ kind: "planned", stack: "sandbox-quotas", steps: 0, summary: "no changes" }]);
});

test("lines after a status line belong to no stack until one is named", () => {
  const { events } = read(
    "sandbox-quotas  Initializing\n1 Stack deploying\n                Apply complete! Resources: 0 added, 0 changed, 0 destroyed.",
  );
  expect(events).toEqual([]);
});

test("Terraform's errors are kept by stack", () => {
  const { failures } = read(
    "sandbox-quotas  ╷\n                │ Error: no\n                ╵\nsandbox-foundation  fine",
  );
  expect([...failures]).toEqual([["sandbox-quotas", "╷\n│ Error: no\n╵"]]);
});
