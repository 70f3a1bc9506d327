// Worker of sandbox-process.ts: serves a folder until it is told to stop. Argument: the folder.
import { Sandbox } from "../tools/sandbox/sandbox";

async function main(): Promise<void> {
  const sandbox = await Sandbox.start({ root: process.argv[2]! });
  process.on("message", (message) => {
    if (message === "memory") {
      process.send!(process.memoryUsage.rss());
    } else {
      void sandbox.close().then(() => {
        process.disconnect();
      });
    }
  });
  process.send!("serving");
}

void main();
