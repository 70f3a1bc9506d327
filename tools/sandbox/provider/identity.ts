import { createHash } from "node:crypto";

import { ProviderError } from "../protocol/diagnostic";
import type { ProjectNumbers } from "../project";
import { kindOf } from "../types/kind-of";
import { conditionTitle, fillTemplate, placeholders } from "../types/template";
import { canonical, text, type ValueObject } from "../values/value";
import type { Configuration } from "./configuration";

/**
 * Project that a resource belongs to: its own argument, the provider's project, or that of what it refers to. Keys and grants
 * belong to the project of their ring or resource, whatever the provider says.
 */
export function projectOf(
  type: string,
  args: ValueObject,
  configuration: Pick<Configuration, "project">,
  numbers: ProjectNumbers,
): string | undefined {
  const own = text(args, "project")?.replace(/^projects\//, "");
  const follows = type.startsWith("google_kms_") || type.endsWith("_iam_member");
  const project = follows
    ? (own ?? referredProject(args) ?? configuration.project)
    : (own ?? configuration.project ?? referredProject(args));
  return project === undefined ? undefined : numbers.idOf(project);
}

function referredProject(args: ValueObject): string | undefined {
  return Object.entries(args)
    .filter(([name]) => name !== "role" && name !== "member")
    .map(([, value]) =>
      typeof value === "string" ? /(?:^|\/)projects\/([^/-][^/]*)\//.exec(`${value}/`)?.[1] : undefined,
    )
    .find((project) => project !== undefined);
}

/** Id and project of a resource that is about to exist. */
export interface Identity {
  readonly id: string;
  readonly serial: string;
  readonly project: string;
  readonly projectNumber: string;
}

/**
 * Works out the identity of a new resource from its arguments.
 * @param isTaken asked about ids whose serial the server makes up, so that none is given twice
 */
export function identify(
  type: string,
  args: ValueObject,
  configuration: Configuration,
  numbers: ProjectNumbers,
  isTaken: (id: string) => boolean,
): Identity {
  const kind = kindOf(type);
  const project = projectOf(type, args, configuration, numbers);
  if (project === undefined) {
    throw new ProviderError([
      {
        summary: "project: required field is not set",
        detail: `Set 'project' on the ${type} or on the provider.`,
      },
    ]);
  }
  const projectNumber = numbers.of(project);
  const known = knownTexts(args);
  for (let attempt = 0; ; attempt++) {
    const serial = serialOf(kind.serial, `${type} ${canonical(args)} ${attempt}`);
    const parts: Record<string, string> = {
      region: configuration.region ?? "",
      location: configuration.region ?? "",
      zone: configuration.zone ?? "",
      ...known,
      project,
      project_number: projectNumber,
      serial,
    };
    for (const name of placeholders(kind.id)) {
      parts[name] = parts[name] || serial;
    }
    const title = conditionTitle(args);
    const id = fillTemplate(kind.id, parts) + (title && `/${title}`);
    if (!kind.id.includes("{serial}") || !isTaken(id)) {
      return { id, serial, project, projectNumber };
    }
  }
}

function knownTexts(args: ValueObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(args).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Looks like what Google makes up, yet is the same for the same arguments: a run of the sandbox can be repeated. */
function serialOf(form: "digits" | "uuid" | undefined, seed: string): string {
  const hash = createHash("sha256").update(seed).digest("hex");
  if (form === "uuid") {
    return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
  }
  return `1${(BigInt(`0x${hash.slice(0, 16)}`) % 10n ** 18n).toString().padStart(18, "0")}`;
}
