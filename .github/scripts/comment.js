const { isOurs, longest, readReviews, runUrlOf, textOf } = require("./reviews.js");

/** Keeps one comment per environment on the pull request, with the newest review. */
async function commentAll({ github, context, core, env }) {
  const issue = { ...context.repo, issue_number: context.payload.pull_request.number };
  const comments = await github.paginate(github.rest.issues.listComments, { ...issue, per_page: 100 });
  for (const review of readReviews(env)) {
    try {
      await comment(review);
    } catch (error) {
      // The others are commented all the same.
      core.setFailed(`${review.environment}: ${error.message}`);
    }
  }

  async function comment(review) {
    const marker = `<!-- mlp review of ${review.environment} -->\n`;
    const run = { id: context.runId, attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1) };
    const body = `${marker}<!-- run ${run.id} attempt ${run.attempt} head ${env.HEAD} -->\n${textOf(review, runUrlOf(context))}`;
    if (body.length > longest) {
      throw new Error(`the comment has ${body.length} characters, GitHub takes ${longest}`);
    }
    const old = comments.find((each) => isOurs(each, marker));
    if (old === undefined) {
      await github.rest.issues.createComment({ ...issue, body });
    } else if (isNewer(runOf(old.body), run)) {
      core.info(`${review.environment}: a newer run has commented already`);
    } else {
      await github.rest.issues.updateComment({ ...context.repo, comment_id: old.id, body });
    }
  }
}

function runOf(body) {
  const [, id = "0", attempt = "0"] = /^<!-- run (\d+) attempt (\d+) /m.exec(body) ?? [];
  return { id: Number(id), attempt: Number(attempt) };
}

/** Ids of runs grow; the second attempt of a run has the id of the first. */
function isNewer(one, other) {
  return one.id > other.id || (one.id === other.id && one.attempt > other.attempt);
}

module.exports = { commentAll };
