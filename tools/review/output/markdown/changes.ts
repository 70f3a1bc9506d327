import { plural } from "../../../../config/text";
import { alikeOf } from "../groups";
import { countsText, isFailed, isLoss, outputDifference, placeOf, remarks } from "../words";
import type { ShownDifference } from "../../differences/shown";
import type { Review, ReviewedChange } from "../../review";
import type { Chapter, Section } from "./budget";
import { code, fenced, fenceOf, htmlCode, prose } from "./text";

/** Differences of a change that are shown: of a new object, the first ones say what it is. */
const mostDifferences = 16;
const mostOfNew = 6;
const mostLines = 40;

/** What is destroyed or replaced, of all stacks. */
export function losses({ stacks }: Review): Chapter {
  const blocks = stacks.flatMap(({ name, changes }) => changes.filter(isLoss).map((change) => diffOf(change, name)));
  return {
    heading: "### Destroyed and replaced\n\n",
    noun: "change",
    sections: [{ ...inDiff(blocks), blocks }],
    share: 0.6,
  };
}

/** All other changes of objects, folded by stack; what many objects change in the same way is told once, with their addresses. */
export function otherChanges({ stacks }: Review): Chapter {
  return {
    heading: "### Changes by stack\n\n",
    noun: "change",
    sections: stacks.flatMap(({ name, changes, counts, unchanged }) => {
      const { single, alike } = alikeOf(changes.filter((change) => !isLoss(change) && !change.isStateOnly));
      const summary = `${htmlCode(name)} ${countsText(counts)}, ${unchanged} unchanged`;
      return [
        ...(single.length > 0
          ? [
              folded(
                summary,
                single.map((change) => diffOf(change)),
              ),
            ]
          : []),
        ...alike.map((group, index) => inTheSameWay(index + single.length === 0 ? summary : htmlCode(name), group)),
      ];
    }),
    share: 0.7,
  };
}

/** A line for each object, below what changes of all of them. */
function inTheSameWay(summary: string, group: readonly ReviewedChange[]): Section {
  const [first] = group;
  const about = `${group.length} objects in the same way`;
  const shared = [fenced(`@@ ${first!.kind}: ${about} @@`), ...bodyOf(first!)].join("");
  const blocks = group.map(({ address, constructPath }) =>
    fenced(`# ${address}${constructPath === null ? "" : `  ${constructPath}`}`),
  );
  const fence = fenceOf([shared, ...blocks]);
  return {
    open: `<details><summary>${summary}: ${first!.kind} ${about}</summary>\n\n${fence}diff\n${shared}`,
    blocks,
    close: `${fence}\n\n</details>\n\n`,
  };
}

/** What changes Terraform's record only: nothing happens in the cloud. */
export function stateOnly({ stacks }: Review): Chapter {
  const blocks = stacks.flatMap(({ name, changes }) =>
    changes.filter(({ isStateOnly }) => isStateOnly).map((change) => diffOf(change, name)),
  );
  return {
    heading: "### Only Terraform's record changes\n\n",
    noun: "change",
    sections: [folded(`${plural(blocks.length, "object")} moved, imported or forgotten`, blocks)],
    share: 0.7,
  };
}

/** What somebody changed outside of Terraform. What fed the plan comes first. */
export function drift({ stacks }: Review): Chapter {
  const drifted = stacks
    .flatMap((stack) => stack.drift.map((change) => ({ change, stack: stack.name })))
    .sort((one, other) => Number(other.change.fedThePlan ?? false) - Number(one.change.fedThePlan ?? false));
  const blocks = drifted.map(({ change, stack }) =>
    diffOf(change, stack, change.fedThePlan ? ["the plan builds on it"] : []),
  );
  return {
    heading: "### Changed outside of Terraform\n\n",
    noun: "object",
    sections: [folded(plural(blocks.length, "object"), blocks)],
    share: 0.7,
  };
}

export function outputs({ stacks }: Review): Chapter {
  const blocks = stacks.flatMap(({ name: stack, outputs: changed }) =>
    changed.map((output) =>
      [fenced(`@@ output ${output.name} of ${stack} @@`), ...differenceLines(outputDifference(output))].join(""),
    ),
  );
  return {
    heading: "### Outputs\n\n",
    noun: "output",
    sections: [folded(plural(blocks.length, "output"), blocks)],
    share: 0.7,
  };
}

/** What a reader should know of a plan beside its changes: what is put off, what a check says, what is not understood. */
export function notes({ stacks }: Review): Chapter {
  const blocks = stacks.flatMap(({ name, status, deferred, checks, unknownFields }) => [
    ...(status === "incomplete"
      ? [`- ${code(name)} is incomplete: applying it does not end where the configuration wants to be\n`]
      : []),
    ...checks
      .filter((check) => check.status !== "pass")
      .map(
        ({ address, status: result, problems }) =>
          `- check ${code(address)} in ${code(name)}: ${prose([result, ...problems].join(": "))}\n`,
      ),
    ...deferred.map(({ address, reason }) => `- ${code(address)} in ${code(name)} is put off: ${code(reason)}\n`),
    ...unknownFields.map((field) => `- ${code(field)} in ${code(name)} is not understood by this version\n`),
  ]);
  return {
    heading: "### Beside the changes\n\n",
    noun: "note",
    sections: [{ open: "", blocks, close: "\n" }],
    share: 0.7,
  };
}

/** Plans that there are not, with what Terraform says. */
export function failures({ stacks }: Review): Chapter {
  const blocks = stacks.filter(isFailed).map(({ name, status, error }) => {
    const lines = (error ?? "Terraform stopped in the middle of the plan").split("\n").map(fenced);
    const shown = lines.slice(0, mostLines);
    const more = lines.length > mostLines ? [fenced(`${lines.length - mostLines} more lines`)] : [];
    const fence = fenceOf(shown);
    return `${code(name)}: ${status}\n\n${fence}text\n${[...shown, ...more].join("")}${fence}\n\n`;
  });
  return {
    heading: "### Failed plans\n\n",
    noun: "plan",
    sections: [{ open: "", blocks, close: "" }],
    share: 0.5,
  };
}

/** A change in the lines of a diff. */
function diffOf(change: ReviewedChange, stack?: string, also: readonly string[] = []): string {
  const { kind, address, constructPath } = change;
  const place = stack === undefined ? constructPath : placeOf({ stack, constructPath });
  return [
    fenced(`@@ ${kind}: ${address} @@`),
    ...(place === null ? [] : [fenced(`# ${place}`)]),
    ...also.map((remark) => fenced(`# ${remark}`)),
    ...bodyOf(change),
  ].join("");
}

/** What a change comes to, without where it is. */
function bodyOf(change: ReviewedChange): string[] {
  const { kind, differences, moreDifferences } = change;
  const most = kind === "create" ? mostOfNew : mostDifferences;
  const more = moreDifferences + Math.max(0, differences.length - most);
  return [
    ...remarks(change).map((remark) => fenced(`# ${remark}`)),
    ...differences.slice(0, most).flatMap(differenceLines),
    ...(more > 0 ? [fenced(`# ${plural(more, "more argument")}`)] : []),
  ];
}

export function differenceLines({ path, before, after, forcesReplacement, lines }: ShownDifference): string[] {
  const forces = forcesReplacement ? [fenced(`! ${path} forces replacement`)] : [];
  if (lines === undefined) {
    return [
      ...forces,
      ...(before === null ? [] : [fenced(`- ${path}: ${before}`)]),
      ...(after === null ? [] : [fenced(`+ ${path}: ${after}`)]),
    ];
  }
  const more = lines.length > mostLines ? [fenced(`@ ${lines.length - mostLines} more lines`)] : [];
  return [...(forcesReplacement ? forces : [fenced(`! ${path}`)]), ...lines.slice(0, mostLines).map(fenced), ...more];
}

function folded(summary: string, blocks: readonly string[]): Section {
  const { open, close } = inDiff(blocks);
  return {
    open: `<details><summary>${summary}</summary>\n\n${open}`,
    blocks,
    close: `${close}</details>\n\n`,
  };
}

function inDiff(blocks: readonly string[]): { open: string; close: string } {
  const fence = fenceOf(blocks);
  return { open: `${fence}diff\n`, close: `${fence}\n\n` };
}
