import { Construct } from "constructs";

import { nameInStack, Principal } from "../../constructs/identity";
import { testStack } from "../support/template";

test("a principal from outside is known by its member, and waits for nothing", () => {
  const principal = new Principal("group:analysts@acme.example");
  expect(principal.name).toBe("group:analysts@acme.example");
  expect(principal.member).toBe("group:analysts@acme.example");
  expect(principal).not.toHaveProperty("dependencies");
});

test("a place in a stack does not name the stack, so that it is the same in all environments", () => {
  const stack = testStack();
  const pipeline = new Construct(stack, "Pipeline-training");
  expect(nameInStack(pipeline)).toBe("Pipeline-training");
  expect(nameInStack(new Construct(pipeline, "Runner"))).toBe("Pipeline-training-Runner");
});
