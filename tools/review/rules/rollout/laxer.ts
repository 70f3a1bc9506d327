import { type Arguments, blocks, isObject, textOf } from "../../../../policies/arguments";
import { gains, grows, isRemoved, leaves, shrinks, turnsOff, type Worse } from "../worse";

/** A setting of a rollout policy that changes. */
export interface PolicyChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether a worse version gets further with it. */
  readonly isLaxer: boolean;
  /** Whether it is an approval, or what stops a rollout at once. */
  readonly isSevere: boolean;
}

/** What lets a worse version get further; an approval and a limit weigh more than how long is looked. */
const laxer: readonly [names: RegExp, worse: Worse, isSevere: boolean][] = [
  [/^stages\.\d+ %$/, isRemoved, true],
  [/^stages\.\d+ %\.approval$/, turnsOff, true],
  [/^stages\.\d+ %\.(?:holdMinutes|minimumSamples)$/, shrinks, false],
  [/^limits\./, grows, true],
  [/^comparison\.errorRate$/, shrinks, false],
  [/^comparison\./, grows, false],
  [/^business\.(?:tolerance|minimumUnits|fromShare)$/, grows, false],
  [/^business\.query$/, isRemoved, true],
  [/^gates\.metrics\..*\.tolerance$/, grows, true],
  [/^gates\.slices\..*\.largestGap$/, grows, true],
  [/^gates\.(?:dataValidation|explanation)$/, turnsOff, true],
  [/^gates\.approval\.minutes$/, grows, true],
  [/^approvers$/, gains, true],
  [/^approvalMinutes$/, grows, true],
  [/^onApprovalExpired$/, leaves("rollback"), true],
  [/^on(?:Inconclusive|NoData)$/, leaves("rollback"), false],
  [/^watchMinutes$/, grows, true],
  [/^(?:looks|bakeMinutes)$/, shrinks, false],
];

/** What changes between two rollout policies: what is laxer first, what is severe before the rest. */
export function policyChanges(before: Arguments, after: Arguments): PolicyChange[] {
  const [old, next] = [settingsOf(before), settingsOf(after)];
  const rank = ({ isLaxer, isSevere }: PolicyChange) => (isLaxer ? (isSevere ? 0 : 1) : 2);
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(next.get(name)))
    .filter((name) => !isPartOfAnother(name, old, next))
    .map((name) => judge(name, old.get(name), next.get(name), old))
    .sort((one, other) => rank(one) - rank(other));
}

function judge(name: string, before: unknown, after: unknown, old: ReadonlyMap<string, unknown>): PolicyChange {
  const gate = /^(gates\.metrics\..*)\.limit$/.exec(name)?.[1];
  const worst: Worse = old.get(`${gate}.better`) === "lower" ? grows : shrinks;
  const [, worse, isSevere] = gate ? [, worst, true] : (laxer.find(([names]) => names.test(name)) ?? []);
  const isLaxer = worse !== undefined && worse.from(before) && worse.to(after, before);
  return { name, before, after, isLaxer, isSevere: isLaxer && isSevere === true };
}

/** A stage that comes or goes is told of once. */
function isPartOfAnother(name: string, ...both: readonly ReadonlyMap<string, unknown>[]): boolean {
  const stage = /^(stages\.\d+ %)\./.exec(name)?.[1];
  return stage !== undefined && both.some((settings) => !settings.has(stage));
}

/** Settings by path; stages by their share, since their place says nothing. The critical value and the limits' lines follow from the others. */
function settingsOf(policy: Arguments): Map<string, unknown> {
  const staged = blocks(policy["stages"]).flatMap((stage): [string, unknown][] => {
    const name = `stages.${textOf(stage["share"])} %`;
    return [[name, true], ...settingsIn(stage, name).filter(([path]) => path !== `${name}.share`)];
  });
  const others = settingsIn(policy, "").filter(([path]) => !/^(?:stages$|criticalValue$|limitLines\.)/.test(path));
  return new Map([...staged, ...others]);
}

function settingsIn(value: Arguments, at: string): [string, unknown][] {
  return Object.entries(value).flatMap(([name, part]) => {
    const path = at === "" ? name : `${at}.${name}`;
    return isObject(part) ? settingsIn(part, path) : [[path, part] as [string, unknown]];
  });
}
