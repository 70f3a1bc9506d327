import { createHash } from "node:crypto";

import { reviewHtml } from "../../../tools/review/output/html";
import { html } from "../../../tools/review/output/html/markup";
import { change, exampleReview, failedReview, review, stack } from "../support/example-review";

const page = reviewHtml(exampleReview);

test("what is put into a template is text", () => {
  const evil = "<script>alert(1)</script>\" onload='x' &amp;\n\u202e";
  expect(html`<p title="${evil}">${[evil, html`<b>${1}</b>`, null, false]}</p>`.html).toBe(
    `<p title="${"&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;\\n\\u{202e}"}">&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;\\n\\u{202e}<b>1</b></p>`,
  );
});

test("nothing comes from elsewhere, and the policy allows what stands in the page alone", () => {
  expect(page.match(/(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?\/\/[^"')]*/g)).toBeNull();
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)!;
  const hashes = [...page.matchAll(/<(script|style)>([^]*?)<\/\1>/g)].map(
    ([, , text]) => `'sha256-${createHash("sha256").update(text!).digest("base64")}'`,
  );
  expect(hashes.length).toBeGreaterThan(4);
  const [style, ...scripts] = hashes;
  expect(policy).toBe(
    `default-src 'none'; style-src ${style!}; script-src ${scripts.join(" ")}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
  expect(page).not.toMatch(/ style="|javascript:| on\w+="/);
});

test("every change, finding and grant is in it once, with or without scripts", () => {
  const count = (text: string) => page.split(text).length - 1;
  expect(count('<li class="change ')).toBe(211 + 1);
  expect(count('<li class="finding ')).toBe(exampleReview.findings.length);
  expect(count('<tr class="effect-')).toBe(exampleReview.access.length);
});

test("Terraform's error stands there as it was said", () => {
  expect(reviewHtml(failedReview)).toContain("<div>  12: &quot;channel&quot;: {</div>");
});

test("the part in which two values differ is marked", () => {
  const differences = [
    { path: "cidr", before: '"10.0.0.0/24"', after: '"10.0.0.0/22"', forcesReplacement: false },
    { path: "name", before: null, after: '"b"', forcesReplacement: false },
  ];
  const text = reviewHtml(
    review({ stacks: [stack({ name: "s", changes: [change({ address: "a.b", differences })] })] }),
  );
  expect(text).toContain("<code>&quot;10.0.0.0/2<mark>4</mark>&quot;</code>");
  expect(text).toContain("<code>&quot;10.0.0.0/2<mark>2</mark>&quot;</code>");
  expect(text).toContain('<span class="nothing">nothing</span>');
});

test("of a long text, lines that were stand on the left, lines that are on the right", () => {
  const lines = page.slice(page.indexOf('aria-label="Lines of content"'));
  const rows = [...lines.matchAll(/<div class="([^"]*)">([^<]*)<\/div>/g)].map(([, name, text]) => `${name!}|${text!}`);
  expect(rows.slice(0, 7)).toEqual([
    "place|line 1 was, line 1 is",
    "same| {",
    "same copy| {",
    "same|   &quot;limits&quot;: {",
    "same copy|   &quot;limits&quot;: {",
    "minus|-    &quot;latencyP95Milliseconds&quot;: 250",
    "plus|+    &quot;latencyP95Milliseconds&quot;: 900",
  ]);
  expect(rows.slice(11, 13)).toEqual(["minus|-    10,", "empty|"]);
});
