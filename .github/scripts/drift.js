const { isOurs, longest, readReviews, runUrlOf, textOf } = require("./reviews.js");

const noChanges = "0";

/** Keeps one open issue per environment whose resources are not what main says, or of which that is not known. */
async function reportAll({ github, context, core, env }) {
  const open = await github.paginate(github.rest.issues.listForRepo, { ...context.repo, state: "open", per_page: 100 });
  const deployment = await lastDeployment({ github, context });
  if (deployment !== undefined && deployment.status !== "completed") {
    core.info("a deployment is under way: what it has not applied yet is no drift; the next run looks again");
    return;
  }
  const pending =
    deployment === undefined || deployment.conclusion === "success"
      ? ""
      : `[The last deployment](${deployment.html_url}) ended as ${deployment.conclusion}: what it did not apply is among this.\n\n`;
  for (const review of readReviews(env)) {
    const marker = `<!-- mlp drift of ${review.environment} -->\n`;
    const title = `Drift in ${review.environment}`;
    const body = `${marker}Looked at ${env.HEAD} in [this run](${runUrlOf(context)}).\n\n${pending}${textOf(review, runUrlOf(context))}`;
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

/** The newest run that applies what main says. */
async function lastDeployment({ github, context }) {
  const { data } = await github.rest.actions.listWorkflowRuns({
    ...context.repo,
    workflow_id: "deploy.yaml",
    branch: "main",
    per_page: 1,
  });
  return data.workflow_runs[0];
}

module.exports = { reportAll };
