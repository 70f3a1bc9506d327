const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Longest text of a comment or an issue that GitHub takes. */
const longest = 65_536;

/** What the job of each environment left; nothing is left of one that failed before its review. */
function readReviews(env) {
  return env.ENVIRONMENTS.split(" ").map((environment) => {
    const read = (file) => {
      const path = join(env.REVIEWS, `review-${environment}`, file);
      return existsSync(path) ? readFileSync(path, "utf8") : undefined;
    };
    const affected = read("affected.json");
    return {
      environment,
      code: read("code")?.trim(),
      markdown: read("review.md"),
      removed: affected ? JSON.parse(affected).stacks.filter(({ change }) => change === "removed") : [],
    };
  });
}

/** The text that a person reads. A review that is not there is never taken for one without findings. */
function textOf({ environment, markdown, removed }, runUrl) {
  const gone = removed.map(
    ({ name }) =>
      `> **\`${name}\` is declared no more.** Nobody plans it, and nothing destroys what it made: docs/delivery.md.\n\n`,
  );
  const missing = `## ${environment}: not reviewed\n\nIts plans failed before there was a review. [The run](${runUrl}) says why.\n`;
  return `${gone.join("")}${markdown ?? missing}`;
}

function runUrlOf({ serverUrl, repo, runId }) {
  return `${serverUrl}/${repo.owner}/${repo.repo}/actions/runs/${runId}`;
}

/** Whether GitHub Actions wrote it: anybody may write a comment or an issue that begins in the same way. */
function isOurs({ user, body }, marker) {
  return user?.login === "github-actions[bot]" && (body ?? "").startsWith(marker);
}

module.exports = { isOurs, longest, readReviews, runUrlOf, textOf };
