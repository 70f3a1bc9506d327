import { isNothing } from "../../../../policies/arguments";
import { changeRule } from "../rule";
import { hitOf } from "../watch-rule";

const places = ["location", "region", "zone", "project", "message_storage_policy.allowed_persistence_regions"];

/** The access table tells of grants. */
const isGrant = /_iam_/;

export const locationChanges = changeRule({
  id: "retention/location",
  title: "Something is in another place",
  severity: "high",
  why: "Data must often stay in a country, keys only work in their own location, and what is elsewhere is slower and paid for by the byte.",
  check: "May the data be there? Are its key, its network and those that use it there as well?",
  findIn: ({ type, isManaged, isChange, arguments: changed }) =>
    isManaged && isChange && !isGrant.test(type)
      ? hitOf(
          changed.filter(({ name, before, isUnknown }) => places.includes(name) && !isNothing(before) && !isUnknown),
          () => "high",
        )
      : undefined,
});
