/**
 * @typedef {import("../view").ConsoleView} ConsoleView
 * @typedef {import("../view").ClockView} ClockView
 * @typedef {"connecting" | "live" | "lost"} Connection
 */

/** What the server said last. @type {{ view: ConsoleView | null, clock: ClockView, connection: Connection }} */
export const server = { view: null, clock: { now: 0, pace: null }, connection: "connecting" };

/** Follows the server; the browser connects again by itself. @param {() => void} onChange */
export function follow(onChange) {
  const events = new EventSource("/events");
  events.onopen = () => {
    server.connection = "live";
    onChange();
  };
  events.onerror = () => {
    server.connection = "lost";
    onChange();
  };
  events.addEventListener("snapshot", ({ data }) => {
    server.view = JSON.parse(data);
    onChange();
  });
  events.addEventListener("change", ({ data }) => {
    if (server.view) {
      server.view = { ...server.view, ...JSON.parse(data) };
      onChange();
    }
  });
  events.addEventListener("clock", ({ data }) => {
    server.clock = JSON.parse(data);
    onChange();
  });
}

/** Answers what a rollout asks. @param {string} model @param {string} rollout @param {"approve" | "rollback"} decision @returns {Promise<string>} what went wrong, or nothing */
export async function decide(model, rollout, decision) {
  const token = document.querySelector('meta[name="console-token"]')?.getAttribute("content") ?? "";
  try {
    const answer = await fetch("/api/decisions", {
      method: "POST",
      headers: { "content-type": "application/json", "x-console-token": token },
      body: JSON.stringify({ model, rollout, decision }),
    });
    return answer.ok ? "" : (await answer.json()).error;
  } catch {
    return "the sandbox does not answer; is it still running?";
  }
}

/** Values of a resource, as JSON text. @param {string} stack @param {string} address */
export async function readResource(stack, address) {
  const answer = await fetch(`/api/resource?${new URLSearchParams({ stack, address })}`);
  return answer.ok ? answer.text() : (await answer.json()).error;
}
