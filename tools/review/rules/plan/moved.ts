import { changeRule } from "../rule";

export const isMoved = changeRule({
  id: "plan/moved",
  title: "An object gets another address",
  severity: "info",
  why: "Only Terraform's record changes, which is how a renamed construct keeps its object.",
  check: "Is the object at the old address the one that the new address means?",
  findIn: ({ planned: { previousAddress } }) =>
    previousAddress === undefined ? undefined : { message: `it was ${previousAddress}` },
});
