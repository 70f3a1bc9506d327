import { addressArguments } from "../../../../catalog/serving-types";
import { ownOf } from "../own";
import { changeRule } from "../rule";
import { changeText, together } from "../wording";

export const addressChanges = changeRule({
  id: "serving/address-changes",
  title: "The address that clients use changes",
  severity: "high",
  why: "Clients keep calling the old address. A dedicated endpoint has a host of its own, and the shared one stops answering (Vertex AI documentation, 'Use dedicated public endpoints').",
  check: "Who calls it, and do they read the address from where it changes by itself?",
  findIn: (change) => {
    const watched = ownOf(addressArguments, change.type) ?? [];
    if (!change.isManaged || !change.isChange) {
      return undefined;
    }
    const moved = change.arguments.filter(({ name, isUnknown }) => watched.includes(name) && !isUnknown);
    return moved.length > 0
      ? { message: together(moved.map(changeText)), differences: moved.map(({ difference }) => difference) }
      : undefined;
  },
});
