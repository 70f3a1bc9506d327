import { literal } from "../../constructs/literal";

test("what looks like an expression of Terraform is escaped, and nothing else", () => {
  expect(literal("${a} costs $5, ${b} %{ if c } 5 %")).toBe("$${a} costs $5, $${b} %%{ if c } 5 %");
});
