import type { TeamConfig } from "../config/schema/team";

/** Who starts workflows of a team's models: its owners their rollouts, and those whom a model names what registers versions. */
export function startersOf({ owners, serving }: TeamConfig): string[] {
  const registrars = Object.values(serving.models).flatMap((model) => model.registrars ?? []);
  return [...new Set([owners, ...registrars])];
}

/** Who sees where rollouts of a team's models stand, and answers what they ask: its owners, and those whom a model names. */
export function approversOf({ owners, serving }: TeamConfig): string[] {
  const named = Object.values(serving.models).flatMap(({ rollout }) => rollout.approvers);
  return [...new Set([owners, ...named])];
}
