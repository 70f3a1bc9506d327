import { openConsole } from "./console";
import { interruption } from "./interruption";
import type { SandboxSession } from "./sandbox-session";

/**
 * Lets time pass in a sandbox of this process, and people look on, until Ctrl-C.
 * @param onOpen is told where the console is
 */
export async function stay(
  { sandbox, platform, states }: SandboxSession,
  pace: number,
  onOpen: (url: string) => void = () => undefined,
): Promise<void> {
  const page = await openConsole(sandbox.runtime!, platform.environment.project, states);
  try {
    console.log(`\nThe console is at ${page.url}`);
    console.log(`Google's APIs answer at ${sandbox.apis!}, where ${paceText(pace)}.`);
    console.log("The sandbox runs until you press Ctrl-C. What it holds stays.");
    onOpen(page.url);
    await interruption();
  } finally {
    await page.close();
  }
}

function paceText(pace: number): string {
  return pace === 60 ? "a minute passes in a second" : `${pace} seconds pass in one`;
}
