/** Says which plans of a folder were applied. */
export const appliedFile = "applied.json";
