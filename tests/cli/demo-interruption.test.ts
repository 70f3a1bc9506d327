import { interruptible } from "../../tools/cli/demo/interruptible-client";
import { LiveScreen } from "../../tools/cli/demo/live-screen";
import { Story } from "../../tools/cli/demo/story";
import { holdInterruptions } from "../../tools/cli/interruption";
import { LoopbackClient } from "../../tools/rollout/loopback-client";
import { teamNames } from "../../tools/rollout/names";
import { Rollouts } from "../../tools/rollout/rollouts";
import { SmallSandbox } from "./support/small-sandbox";

jest.setTimeout(60_000);

test("Ctrl-C in the middle of a rollout ends the demo's story, not only at its end", async () => {
  const sandbox = await SmallSandbox.open();
  const release = holdInterruptions();
  try {
    const client = interruptible(new LoopbackClient(sandbox.url));
    const place = { project: "acme-ml", region: "europe-west4" };
    const rollouts = new Rollouts(client, teamNames(place, "churn"), place.region, "propensity", 5);
    const lines: string[] = [];
    const screen = new LiveScreen({ isTTY: false, write: (line: string) => lines.push(line) } as never);
    const policy = await rollouts.policy();
    const image = `europe-west4-docker.pkg.dev/acme-ml/images/churn@sha256:${"0".repeat(64)}`;
    // No time passes: without Ctrl-C nobody would see the end.
    const setPace = () => (sandbox.runtime.clock.pace = lines.length > 0 ? 0.001 : 20_000);
    const telling = new Story({ client, rollouts, policy, image, screen, setPace }).rollOut();
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
