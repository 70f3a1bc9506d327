import { interruptible } from "../../tools/cli/demo/interruptible-client";
import { LiveScreen } from "../../tools/cli/demo/live-screen";
import { Story } from "../../tools/cli/demo/story";
import { holdInterruptions } from "../../tools/cli/interruption";
import { LoopbackClient } from "../../tools/rollout/loopback-client";
import { teamNames } from "../../tools/rollout/names";
import type { Registry } from "../../tools/rollout/registry";
import { Rollouts } from "../../tools/rollout/rollouts";
import { gates } from "../workflows/support/registry";
import { SmallSandbox } from "./support/small-sandbox";
import { uploadVersion } from "./support/upload-version";

test("Ctrl-C in the middle of a rollout ends the demo's story, not only at its end", async () => {
  const place = { project: "acme-ml", region: "europe-west4" };
  const names = teamNames(place, "churn");
  const { modelBucket: name } = teamNames({ ...place, project: "acme" }, "churn");
  const bucket = { type: "google_storage_bucket", id: name, values: { name } };
  const sandbox = await SmallSandbox.open({ gates }, [bucket]);
  const release = holdInterruptions();
  try {
    const client = interruptible(new LoopbackClient(sandbox.url));
    const rollouts = new Rollouts(client, names, place.region, "propensity", 5);
    const lines: string[] = [];
    const screen = new LiveScreen({ isTTY: false, write: (line: string) => lines.push(line) } as never);
    const policy = await rollouts.policy();
    const { clock } = sandbox.runtime;
    const register = async ({ image }: { image: string }) => {
      const version = await uploadVersion(client, policy.model, image);
      // From here on no time passes, however slow the machine is: without Ctrl-C nobody would see the end.
      clock.pace = 0.001;
      return { version, outcome: "challenger" };
    };
    const registry = { register, judgements: () => [] } as unknown as Registry;
    const telling = new Story({
      client,
      rollouts,
      registry,
      names,
      model: "propensity",
      policy,
      screen,
      setPace: () => undefined,
    }).rollOut();
    while (!lines.some((line) => line.includes("the rollout begins"))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    process.emit("SIGINT");

    await expect(telling).rejects.toThrow("interrupted");
  } finally {
    release();
    await sandbox.close();
  }
});
