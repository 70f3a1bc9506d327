import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The library's own client is an ES module, which jest does not load: where there is a window, it takes that one's fetch.
Object.assign(globalThis, { window: { fetch } });

/** A machine of Google's, as its metadata server tells: what runs there gets tokens of a service account. */
export class GoogleMachine {
  static async open(): Promise<GoogleMachine> {
    const machine = new GoogleMachine();
    await new Promise<void>((resolve) => machine.server.listen(0, "127.0.0.1", resolve));
    const { port } = machine.server.address() as AddressInfo;
    const ours = Object.entries(machine.before).filter(
      ([name]) => !/^(GOOGLE|GCLOUD|CLOUDSDK|GCE|METADATA)_/i.test(name),
    );
    process.env = {
      ...Object.fromEntries(ours),
      CLOUDSDK_CONFIG: machine.noCredentials,
      GCE_METADATA_HOST: `127.0.0.1:${port}`,
      METADATA_SERVER_DETECTION: "assume-present",
      // Without it the library asks gcloud where there is one, which takes seconds.
      GOOGLE_CLOUD_PROJECT: "acme",
    };
    return machine;
  }

  readonly account = "deployer@acme.iam.gserviceaccount.com";
  tokensGiven = 0;

  private readonly before = process.env;
  private readonly noCredentials = mkdtempSync(join(tmpdir(), "no-gcloud-"));
  private readonly server: Server = createServer(({ url = "" }, response) => {
    response.setHeader("metadata-flavor", "Google");
    response.end(this.answer(url));
  });

  private answer(path: string): string {
    if (path.includes("/token")) {
      this.tokensGiven++;
      return JSON.stringify({ access_token: `token-${this.tokensGiven}`, expires_in: 3_600, token_type: "Bearer" });
    }
    const texts = { "/email": this.account, "/universe-domain": "googleapis.com", "/project-id": "acme" };
    const [, text = "yes"] = Object.entries(texts).find(([part]) => path.includes(part)) ?? [];
    return text;
  }

  async close(): Promise<void> {
    process.env = this.before;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.noCredentials, { recursive: true });
  }
}
