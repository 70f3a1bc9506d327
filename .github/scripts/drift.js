const { isOurs, longest, readReviews, runUrlOf, textOf } = require("./reviews.js");

const noChanges = "0";

/** Keeps one open issue per environment whose resources are not what main says, or of which that is not known. */
async function reportAll({ github, context, core, env }) {
  const open = await github.paginate(github.rest.issues.listForRepo, { ...context.repo, state: "open", per_page: 100 });
  for (const review of readReviews(env)) {
    const marker = `<!-- mlp drift of ${review.environment} -->\n`;
    const title = `Drift in ${review.environment}`;
    const body = `${marker}Looked at ${env.HEAD} in [this run](${runUrlOf(context)}).\n\n${textOf(review, runUrlOf(context))}`;
    const issue = open.find((each) => each.pull_request === undefined && isOurs(each, marker));
    const number = { ...context.repo, issue_number: issue?.number };
    if (review.code === noChanges) {
      core.info(`${review.environment}: no drift`);
      if (issue !== undefined) {
        await github.rest.issues.createComment({ ...number, body: `Gone, says [this run](${runUrlOf(context)}).` });
        await github.rest.issues.update({ ...number, state: "closed", state_reason: "completed" });
      }
    } else if (issue === undefined) {
      await github.rest.issues.create({ ...context.repo, title, body: body.slice(0, longest) });
    } else {
      await github.rest.issues.update({ ...number, body: body.slice(0, longest) });
    }
  }
}

module.exports = { reportAll };
