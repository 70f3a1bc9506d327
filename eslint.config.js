const boundaries = require("eslint-plugin-boundaries");
const tseslint = require("typescript-eslint");

const folders = ["catalog", "config", "constructs", "stacks", "policies", "tools", "tests", "bench"];

module.exports = tseslint.config(
  { ignores: ["cdktf.out/", ".sandbox/", ".venv/", "node_modules/", "coverage/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    plugins: { boundaries },
    settings: {
      "boundaries/elements": [
        ...folders.map((folder) => ({ type: folder, pattern: `${folder}/**`, mode: "full" })),
        { type: "main", pattern: "main.ts", mode: "full" },
      ],
      "import/resolver": { node: { extensions: [".ts", ".js", ".json"] } },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/unified-signatures": "off",
      eqeqeq: "error",
      "no-restricted-imports": [
        "error",
        {
          paths: ["@cdktf/provider-google", "@cdktf/provider-google-beta"].map((name) => ({
            name,
            message: `Import one resource, as in '${name}/lib/pubsub-topic': the barrel costs seconds and hundreds of megabytes.`,
          })),
        },
      ],
      // Data flows one way: config -> stacks -> constructs. Only main.ts and the tools see the whole of it.
      "boundaries/element-types": [
        "error",
        {
          default: "disallow",
          rules: [
            { from: "catalog", allow: ["catalog"] },
            { from: "config", allow: ["catalog", "config"] },
            { from: "constructs", allow: ["catalog", "constructs"] },
            { from: "policies", allow: ["catalog", "policies"] },
            { from: "stacks", allow: ["catalog", "config", "constructs", "stacks"] },
            { from: "tools", allow: ["catalog", "config", "policies", "tools"] },
            { from: "main", allow: ["config", "policies", "stacks"] },
            { from: ["tests", "bench"], allow: ["*"] },
          ],
        },
      ],
    },
  },
);
