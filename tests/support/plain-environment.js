const { TestEnvironment } = require("jest-environment-node");

// Tests read what commands print, also those that they start. Colours of a terminal or of CI are not part of it.
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = "1";

module.exports = TestEnvironment;
