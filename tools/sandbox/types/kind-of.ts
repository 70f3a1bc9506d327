import { dataKinds } from "./data";
import { kmsKinds, projectKinds } from "./foundation";
import type { Kind, Kinds } from "./kind";
import { networkKinds } from "./network";
import { monitoringKinds, platformKinds } from "./platform";

/** Every resource type whose behaviour is written down. */
export const kinds: Kinds = {
  ...projectKinds,
  ...kmsKinds,
  ...networkKinds,
  ...dataKinds,
  ...platformKinds,
  ...monitoringKinds,
};

/** A type that nobody has described: it gets an id that the server makes up, so that two of them never collide. */
const generic: Kind = { id: "{serial}", serial: "uuid" };

export function kindOf(type: string): Kind {
  return kinds[type] ?? generic;
}
