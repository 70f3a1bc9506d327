const isThorough = process.env.EVERY_KILL !== undefined || process.env.FAULTS === "all";

/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  testEnvironment: "<rootDir>/tests/support/plain-environment.js",
  transform: { "\\.ts$": "@swc/jest" },
  // A limit for what hangs, far from what a slow machine takes.
  testTimeout: isThorough ? 7_200_000 : 1_200_000,
  // Most tests wait for Terraform, so that a core kept free for anything else stays idle.
  maxWorkers: "100%",
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.sandbox", "<rootDir>/.venv"],
};
