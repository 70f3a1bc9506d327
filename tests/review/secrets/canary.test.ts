import { decodePlan } from "../../../tools/review/plan/decode";
import type { Review } from "../../../tools/review/review";
import { reviewPlans } from "../../../tools/review/review-plans";
import { outputs } from "../support/outputs";
import { changeJson, planJson } from "../support/plan-json";

type Json = Readonly<Record<string, unknown>>;

const pem = [
  "-----BEGIN PRIVATE KEY-----",
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
  "MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu",
  "-----END PRIVATE KEY-----",
].join("\n");

const canaries: Readonly<Record<string, string>> = {
  plain: "hunter2-Canary",
  "as short as can be": "xK7q",
  "a plain word": "correcthorsebattery",
  quotes: `it's a "canary" \\ <b>&co`,
  unicode: "kanariengelb-ü-日本語-🐤",
  templates: "a${canary}b%{if}c",
  spaces: "  two canaries, 100% + more/less?  ",
  "a key": pem,
  json: JSON.stringify({ private_key: pem, client_id: "canary-client" }),
};

/** Places where a plan may mark a secret: each of them alone must be enough. */
const marked: Readonly<Record<string, (secret: string) => { entries?: unknown[]; more?: Json }>> = {
  "an argument before": (secret) => ({
    entries: [changeJson({ before: { pw: secret }, after: { pw: "new" }, before_sensitive: { pw: true } })],
  }),
  "an argument after, of a list of blocks": (secret) => ({
    entries: [changeJson({ after: { l: [{}, { pw: secret }] }, after_sensitive: { l: [{}, { pw: true }] } })],
  }),
  "a list of values": (secret) => ({
    entries: [changeJson({ after: { l: ["x", secret] }, after_sensitive: { l: [false, true] } })],
  }),
  "a set, which is marked as a whole": (secret) => ({
    entries: [changeJson({ after: { s: [{ name: "n", pw: secret }] }, after_sensitive: { s: true } })],
  }),
  "a key of a map that is marked as a whole": (secret) => ({
    entries: [changeJson({ after: { m: { [secret]: 1 } }, after_sensitive: { m: true } })],
  }),
  "all of an object": (secret) => ({ entries: [changeJson({ after: { a: { b: secret } }, after_sensitive: true })] }),
  drift: (secret) => ({
    more: { resource_drift: [changeJson({ before: { pw: secret }, before_sensitive: { pw: true } })] },
  }),
  "a deferred change": (secret) => ({
    more: {
      deferred_changes: [{ resource_change: changeJson({ after: { pw: secret }, after_sensitive: { pw: true } }) }],
    },
  }),
  "an output": (secret) => ({
    more: { output_changes: { o: { actions: ["create"], after: { pw: [secret] }, after_sensitive: true } } },
  }),
  "an output of the state": (secret) => ({
    more: { prior_state: { values: { outputs: { o: { value: secret, sensitive: true } } } } },
  }),
  "a data source of the state, in a module": (secret) => {
    const resource = { mode: "data", values: { v: secret }, sensitive_values: { v: true } };
    const root = { child_modules: [{ child_modules: [{ resources: [resource] }] }] };
    return { more: { prior_state: { values: { root_module: root } } } };
  },
  "a planned value": (secret) => ({
    more: {
      planned_values: { root_module: { resources: [{ values: { v: secret }, sensitive_values: { v: true } }] } },
    },
  }),
  "a variable's default": (secret) => ({
    more: { configuration: { root_module: { variables: { pw: { default: secret, sensitive: true } } } } },
  }),
  "a variable's value": (secret) => ({
    more: {
      variables: { pw: { value: { deep: [secret] } } },
      configuration: { root_module: { variables: { pw: { sensitive: true } } } },
    },
  }),
  "a variable's default in a module": (secret) => ({
    more: {
      configuration: {
        root_module: {
          module_calls: { m: { module: { variables: { pw: { default: secret, sensitive: true } } } } },
        },
      },
    },
  }),
};

const go = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);

/** How the secret may stand in a text, written here once more: what is masked is not asked. */
const formsOf = (secret: string): string[] => {
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from("x".repeat(offset) + secret).toString("base64");
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + Buffer.byteLength(secret)) * 8) / 6));
  });
  const lines = secret.split("\n").filter((line) => line.length >= 8);
  return [secret, json, JSON.stringify(json).slice(1, -1), go(secret), encodeURIComponent(secret), ...base64, ...lines];
};

/** An entry that has the secret wherever a text can be, and no mark anywhere. */
function leakingEntry(secret: string): Json {
  const values = (suffix: string) => ({
    plain: `${secret}${suffix}`,
    inside: `before ${secret} after ${suffix}`,
    twice: `${secret}${secret}${suffix}`,
    json: JSON.stringify({ token: secret, suffix }),
    "json of Terraform": `{"token":"${go(secret)}","n":"${suffix}"}`,
    "json in json": JSON.stringify({ inner: JSON.stringify({ token: secret, suffix }) }),
    base64: Buffer.from(`user:${secret}${suffix}`).toString("base64"),
    "base64 alone": Buffer.from(secret).toString("base64"),
    base64url: Buffer.from(`u:${secret}${suffix}`).toString("base64url"),
    "base64 of json": Buffer.from(JSON.stringify({ token: secret, suffix, more: "x".repeat(40) })).toString("base64"),
    url: `https://user:${encodeURIComponent(secret)}@example.com/?${new URLSearchParams({ q: secret }).toString()}${suffix}`,
    yaml: `key: |\n${secret.replace(/^/gm, "    ")}\n${suffix}\n`,
    long: `${"line\n".repeat(60)}${secret}${suffix}\n`,
    list: [secret, suffix],
    blocks: [{ name: secret, suffix }, { deep: [{ er: { still: secret, suffix } }] }],
    map: { [secret]: suffix, [`key ${secret}`]: [secret, suffix] },
  });
  const quoted = JSON.stringify(secret);
  return changeJson(
    {
      actions: ["update", secret],
      before: values("old"),
      after: values("new"),
      replace_paths: [["map", secret]],
      importing: { id: `projects/${secret}` },
      [`field ${secret}`]: 1,
    },
    {
      address: `google_pubsub_topic.events[${quoted}]`,
      previous_address: `google_pubsub_topic.old[${quoted}]`,
      deposed: secret,
      mode: secret,
      action_reason: secret,
      provider_name: secret,
    },
  );
}

function leakingPlan(secret: string, { entries = [], more = {} }: { entries?: unknown[]; more?: Json } = {}): Json {
  const leak = leakingEntry(secret);
  const identity = changeJson({ actions: ["no-op"], importing: { identity: { id: secret } } });
  const output = (value: unknown) => ({ actions: ["update", secret], before: value, after: [value] });
  return planJson([leak, identity, ...entries], {
    terraform_version: `1.11.4 ${secret}`,
    resource_drift: [leak],
    deferred_changes: [{ reason: secret, resource_change: leak }],
    checks: [
      { address: { to_display: `check.${secret}` }, status: secret, problems: [{ message: `${secret} is no` }] },
    ],
    [`field of ${secret}`]: 1,
    ...more,
    output_changes: {
      [secret]: output(secret),
      map: output({ [secret]: secret }),
      json: output(JSON.stringify({ secret })),
      ...(more["output_changes"] as Json),
    },
  });
}

const review = (...plans: readonly Json[]): Review =>
  reviewPlans([...plans.map((plan, index) => ({ name: `stack-${index}`, plan: decodePlan("plan.json", plan) }))], {
    failOn: "high",
  });

/** Names of the texts in which the secret stands, in whatever form. */
function leaksIn(reviewed: Review, secret: string): string[] {
  const texts = new Map([["review", JSON.stringify(reviewed)]]);
  outputs.forEach((write, name) => texts.set(name, write(reviewed)));
  return [...texts].flatMap(([name, text]) =>
    formsOf(secret)
      .filter((form) => text.includes(form))
      .map((form) => `${name}: ${form}`),
  );
}

test("the outputs that are looked at", () => {
  expect([...outputs.keys()]).toEqual(expect.arrayContaining(["reviewJson", "terminalText"]));
});

test("without a mark anywhere the canary is seen: the plans below do leak", () => {
  for (const secret of Object.values(canaries)) {
    const leaks = leaksIn(review(leakingPlan(secret)), secret);
    expect(leaks.length).toBeGreaterThan(outputs.size);
  }
});

describe.each(Object.entries(canaries))("a secret with %s", (_, secret) => {
  test.each(Object.entries(marked))("that is marked in %s stands nowhere", (__, markIn) => {
    expect(leaksIn(review(leakingPlan(secret, markIn(secret))), secret)).toEqual([]);
  });

  test("that another stack marks stands nowhere either, and not in the errors of one that failed", () => {
    const elsewhere = planJson(marked["an argument before"]!(secret).entries);
    const inputs = [leakingPlan(secret), elsewhere].map((plan, index) => ({
      name: `stack-${index}`,
      plan: decodePlan("plan.json", plan),
    }));
    const failure = { status: "failed" as const, error: `Error: bad password ${secret} (${JSON.stringify(secret)})` };
    expect(leaksIn(reviewPlans([...inputs, { name: "failed", failure }], { failOn: "high" }), secret)).toEqual([]);
  });
});
