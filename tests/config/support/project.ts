import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { loadPlatform } from "../../../config/load";
import type { PlatformConfig } from "../../../config/platform";
import type { TeamConfig } from "../../../config/schema/team";

/** Files by path from the project's root; `undefined` leaves out a file that is there by default. */
export type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

type Lines = Readonly<Record<string, string | undefined>>;

const environmentLines = {
  project: "acme-ml-dev",
  projectNumber: '"200000000002"',
  region: "europe-west4",
  jurisdiction: "eu",
  contactEmail: "ml-platform@acme.example",
  state: "{ backend: local }",
  budget: "{ billingAccount: 012345-6789AB-CDEF01, currencyCode: EUR, monthlyAmount: 2000 }",
  teams: "[churn]",
};

const teamLines = {
  description: "Predicts who cancels.",
  owners: "group:churn-ml@acme.example",
  contactEmail: "churn-oncall@acme.example",
};

/** An environment's file: eight lines, some of them changed, and what follows from line nine on. */
export function environment(changes: Lines = {}, rest = ""): string {
  return render({ ...environmentLines, ...changes }) + rest;
}

/** A second environment's file, in a project of its own. */
export function otherEnvironment(changes: Lines = {}, rest = ""): string {
  return environment({ project: "acme-ml-prod", projectNumber: '"300000000003"', ...changes }, rest);
}

/** A team's file: three lines, and what follows from line four on. */
export function team(rest = "", changes: Lines = {}): string {
  return render({ ...teamLines, ...changes }) + rest;
}

/** An AVRO schema of one line with the given fields. */
export function avro(...fields: unknown[]): string {
  return JSON.stringify({ type: "record", name: "Event", fields });
}

export const eventSchema = avro({ name: "event_id", type: "string" });

const roots: string[] = [];

afterAll(() => {
  roots.forEach((root) => rmSync(root, { recursive: true, force: true }));
});

/** Writes a project with environment `dev`, team `churn` and the given files; returns its root. */
export function project(files: Files = {}): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "project-"));
  roots.push(root);
  const all: Files = { "environments/dev.yaml": environment(), "teams/churn/team.yaml": team(), ...files };
  for (const [path, content] of Object.entries(all)) {
    if (content !== undefined) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  }
  return root;
}

/** The problems of a project, one line each. */
export function problemsIn(root: string, environmentName = "dev"): readonly string[] {
  const result = loadPlatform(root, environmentName);
  return result.ok ? [] : result.problems;
}

/** The problems of a project of the given files, one line each. */
export function problems(files: Files): readonly string[] {
  return problemsIn(project(files));
}

/** What a project of the given files loads to. */
export function platform(files: Files = {}, environmentName = "dev"): PlatformConfig {
  const result = loadPlatform(project(files), environmentName);
  if (!result.ok) {
    throw new Error(result.problems.join("\n"));
  }
  return result.platform;
}

/** The only team of a platform. */
export function onlyTeam({ teams }: PlatformConfig): TeamConfig {
  const [config, ...more] = Object.values(teams);
  if (config === undefined || more.length > 0) {
    throw new Error(`expected one team, got ${Object.keys(teams).join(", ") || "none"}`);
  }
  return config;
}

function render(lines: Lines): string {
  return Object.entries(lines)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}
