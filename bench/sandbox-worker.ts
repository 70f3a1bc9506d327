// Worker of sandbox-process.ts: serves a folder until it is told to stop. Arguments: the folder, numbers by project.
import { Sandbox } from "../tools/sandbox/sandbox";

async function main(): Promise<void> {
  const [root, projectNumbers] = process.argv.slice(2);
  const sandbox = await Sandbox.start({
    root: root!,
    projectNumbers: JSON.parse(projectNumbers!) as Record<string, string>,
  });
  process.on("message", (message) => {
    if (message === "memory") {
      process.send!(process.memoryUsage.rss());
    } else {
      void sandbox.close().then(() => {
        process.disconnect();
      });
    }
  });
  process.once("disconnect", () => void sandbox.close());
  process.send!("serving");
}

void main();
