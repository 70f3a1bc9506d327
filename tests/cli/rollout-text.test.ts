import { attachmentLines } from "../../tools/cli/rollout-text";

const deployed = (id: string, serviceAttachment?: string) => ({
  id,
  ...(serviceAttachment !== undefined && { privateEndpoints: { serviceAttachment } }),
});

test("an endpoint with an address of its own has nothing to connect to", () => {
  expect(attachmentLines({ deployedModels: [deployed("1")] })).toEqual([]);
  expect(attachmentLines({})).toEqual([]);
});

test("a service attachment that versions share is named once", () => {
  const [one, other] = ["projects/p-tp/regions/r/serviceAttachments/a", "projects/p-tp/regions/r/serviceAttachments/b"];
  expect(attachmentLines({ deployedModels: [deployed("1", one), deployed("2", one), deployed("3", other)] })).toEqual([
    one,
    other,
  ]);
});
