import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type KeyPurpose, keyPurposes, platformServices, serviceAgents } from "../../catalog/services";
import { type Setting, settingPlace } from "../../config/load";

/** A resource that Terraform's error is about. */
export interface Failed {
  readonly environment: string;
  /** Name of the stack: `{environment}-{team}-{kind}`, or `{environment}-{kind}`. */
  readonly stack: string;
  /** Construct path within the stack, such as `Stream-usage-events/ToTable/Resource`. */
  readonly path: string;
  /** Rule of the sandbox that refused it; `undefined` where it was none. */
  readonly rule: string | undefined;
  /** The error, without line breaks. */
  readonly text: string;
}

/** Rules that are mended in a setting of the environment, whatever resource they refuse. */
const environmentSettings: Readonly<Record<string, readonly string[]>> = {
  "deletion-protected": ["deletionProtection"],
  "container-empty": ["deletionProtection"],
  "quota-left": ["quotas", "serving"],
};

/** Settings that make a part of a stack, by the first segment of its path; what the pattern finds ends the setting's path. */
type Parts = readonly (readonly [segment: RegExp, ...path: string[]])[];

const environmentParts: Readonly<Record<string, Parts>> = {
  bootstrap: [
    [/^(?:GitHub|Planner|PlannerRole|Deployer|DeployerRole|ProjectGrantsRole)$/, "ci"],
    [/^(?:State|Key|KeyRing)$/, "state"],
  ],
  foundation: [
    [/^Budget(?:Mail)?$/, "budget"],
    [/^AuditTrail$/, "audit"],
    [/^Network$/, "network"],
  ],
  quotas: [
    [/^training-(\w+)$/, "quotas", "training"],
    [/^serving-(\w+)$/, "quotas", "serving"],
  ],
};

/** A team's workloads are called the same in all of its stacks. */
const teamParts: Parts = [
  [/^Stream-(.+)$/, "ingestion", "streams"],
  [/^Job-(.+)$/, "ingestion", "jobs"],
  [/^(?:Landing|LandingTopic|LandedFiles)$/, "ingestion", "landing"],
  [/^Pipeline-(.+)$/, "pipelines"],
  [/^Model-(.+)$/, "serving", "models"],
  [/^Service-(.+)$/, "serving", "services"],
];

/** The file and key behind an error, in one line; nothing where that is not known for sure. */
export function whereToMend(root: string, failed: Failed): string | undefined {
  const table = missingFrom(failed);
  const setting = environmentSettings[failed.rule ?? ""];
  const place =
    (table && placeInCatalogue(root, table)) ??
    (setting && formatPlace(root, { environment: failed.environment, path: setting }));
  return place === undefined ? declaration(root, failed) : `To mend: ${place}`;
}

/** Table of the catalogue that an entry is missing from. What it lists already failed for another reason, such as its order. */
function missingFrom({ rule, text }: Failed): string | undefined {
  const service = /'([a-z]+)\.googleapis\.com'/.exec(text)?.[1] ?? "";
  switch (rule) {
    case "api-enabled":
      return (platformServices as readonly string[]).includes(service) ? undefined : "platformServices";
    case "agent-exists":
      return Object.hasOwn(serviceAgents, service) ? undefined : "serviceAgents";
    case "key-granted": {
      const purpose = /\/cryptoKeys\/([\w-]+)/.exec(text)?.[1] ?? "";
      const agents: readonly string[] | undefined = Object.hasOwn(keyPurposes, purpose)
        ? keyPurposes[purpose as KeyPurpose]
        : undefined;
      const named = Object.entries(serviceAgents).find(([, { email }]) =>
        text.includes(email("").replace(/^[\w-]*(?=@)/, "")),
      );
      return agents === undefined || named === undefined || agents.includes(named[0]) ? undefined : "keyPurposes";
    }
    default:
      return undefined;
  }
}

function placeInCatalogue(root: string, table: string): string | undefined {
  const file = "catalog/services.ts";
  const lines = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8").split("\n") : [];
  const line = lines.findIndex((text) => text.startsWith(`export const ${table} `));
  return line < 0 ? undefined : `${file}:${line + 1}:1 ${table}`;
}

/** The setting that a resource is made from, and the code that makes it. */
function declaration(root: string, { environment, stack, path }: Failed): string | undefined {
  const names = stack.slice(environment.length + 1).split("-");
  const kind = names.pop()!;
  const team = names.join("-");
  const [segment = ""] = path.split("/");
  const part = (team === "" ? (environmentParts[kind] ?? []) : teamParts).find(([pattern]) => pattern.test(segment));
  const setting = part && {
    environment,
    ...(team !== "" && { team }),
    path: [...part.slice(1).map(String), ...part[0].exec(segment)!.slice(1)],
  };
  const code = `stacks/${kind}.ts`;
  const places = [
    ...(setting ? [formatPlace(root, setting)] : []),
    ...(existsSync(join(root, code)) ? [code] : []),
  ].filter((place) => place !== undefined);
  return places.length === 0 ? undefined : `Declared in: ${places.join(", ")}`;
}

function formatPlace(root: string, setting: Setting): string | undefined {
  const place = settingPlace(root, setting);
  return place && `${place.file}:${place.line}:${place.column} ${place.path}`;
}
