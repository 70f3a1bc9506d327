import type { Theatre } from "./theatre";

const table = "https://bigquery.googleapis.com/bigquery/v2/projects/acme/datasets/churn_rollouts/tables/decisions";
const perRollout = 40;

/** Writes so many decisions of rollouts that are over into a team's journal, one every five minutes until now: most of them are looks. */
export async function insertRows({ run, source }: Theatre, count: number): Promise<void> {
  const now = source.context.clock.now();
  const measured = { samples: 6_000, serverErrors: 24, latencyP95: 112, latencyP99: 160 };
  const rows = Array.from({ length: count }, (_, index) => {
    const at = now - (count - index) * 5 * 60_000;
    const [rollout, step] = [Math.floor(index / perRollout), index % perRollout];
    const action = step === 0 ? "start" : step === 1 ? "deploy" : step % 13 === 2 ? "shift" : "look";
    const evidence =
      action === "deploy"
        ? { deployedModelId: String(1_000_000 + rollout) }
        : action === "look"
          ? {
              start: new Date(at - 600_000).toISOString(),
              end: new Date(at).toISOString(),
              challenger: measured,
              champion: measured,
            }
          : null;
    const share = 10 + Math.floor(step / 13) * 40;
    const split = { [String(1_000_000 + rollout)]: share, [String(999_999 + rollout)]: 100 - share };
    return {
      insertId: `old-${index}`,
      json: {
        decision_id: `old-${index}`,
        decided_at: new Date(at).toISOString(),
        team: "churn",
        model: "propensity",
        version: String(rollout + 1),
        rollout: `old-${rollout}`,
        execution: `e-${rollout}`,
        workflow: "rollout",
        phase: "watch",
        action,
        verdict: action === "look" ? "pass" : null,
        reason: action === "look" ? "no worse than tolerated" : null,
        actor: "anna",
        split_before: JSON.stringify(split),
        split_after: JSON.stringify(split),
        evidence: evidence === null ? null : JSON.stringify(evidence),
      },
    };
  });
  for (let first = 0; first < rows.length; first += 500) {
    const { status, body } = await run.call("POST", `${table}/insertAll`, { rows: rows.slice(first, first + 500) });
    if (status !== 200 || (body as { insertErrors?: unknown }).insertErrors) {
      throw new Error(JSON.stringify(body));
    }
  }
}
