import { changeRule } from "../rule";

export const isImported = changeRule({
  id: "plan/imported",
  title: "An object that exists is taken over",
  severity: "medium",
  why: "From now on Terraform changes it to what the configuration says, and destroys it when it is removed there.",
  check: "Is it the right object, and does no other stack have it? What does the import change in it?",
  findIn: (change) =>
    change.planned.importing === undefined
      ? undefined
      : change.kind === "import"
        ? { severity: "low", message: "Terraform takes it over as it is" }
        : { message: "Terraform takes it over, and changes it", differences: change.differences.filter(isKnown) },
});

function isKnown({ isUnknown }: { readonly isUnknown: boolean }): boolean {
  return !isUnknown;
}
