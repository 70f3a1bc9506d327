const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Longest text of a comment or an issue that GitHub takes. */
const longest = 65_536;

/** A review is of 65,000 characters at most: the rest of a comment has to do with what is left. */
const roomForNames = 150;

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
  const gone =
    removed.length === 0
      ? ""
      : `> **Declared no more: ${namesOf(removed)}.** Nobody plans them, and nothing destroys what they made: docs/delivery.md.\n\n`;
  const missing = `## ${environment}: not reviewed\n\nIts plans failed before there was a review. [The run](${runUrl}) says why.\n`;
  return `${gone}${markdown ?? missing}`;
}

/** As many names as there is room for beside a review, and how many more there are. */
function namesOf(stacks) {
  const names = stacks.map(({ name }) => `\`${name}\``);
  const fitting = names.filter((_, index) => names.slice(0, index + 1).join(", ").length <= roomForNames);
  const left = names.length - fitting.length;
  return `${fitting.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function runUrlOf({ serverUrl, repo, runId }) {
  return `${serverUrl}/${repo.owner}/${repo.repo}/actions/runs/${runId}`;
}

/** Whether GitHub Actions wrote it: anybody may write a comment or an issue that begins in the same way. */
function isOurs({ user, body }, marker) {
  return user?.login === "github-actions[bot]" && (body ?? "").startsWith(marker);
}

module.exports = { isOurs, longest, readReviews, runUrlOf, textOf };
