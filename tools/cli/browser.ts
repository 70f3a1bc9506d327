import { spawn } from "node:child_process";

/** Shows a page in the user's browser, which outlives this process. Says so where there is none: the address was printed. */
export function openBrowser(url: string, env: NodeJS.ProcessEnv): void {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const sorry = () => console.error(`'${opener}' could not open a browser: open the address yourself`);
  const child = spawn(opener, [url], { env, stdio: "ignore", detached: true });
  child.on("error", sorry).on("exit", (code) => code !== null && code !== 0 && sorry());
  child.unref();
}
