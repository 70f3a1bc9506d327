/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  transform: { "\\.ts$": "@swc/jest" },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.sandbox", "<rootDir>/.venv"],
};
