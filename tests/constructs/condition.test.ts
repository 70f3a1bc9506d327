import { objectsOfBuckets, objectsOutside, onlyGrants } from "../../constructs/condition";

const roles = (count: number) => Array.from({ length: count }, (_, index) => `roles/test.r${index}`);

test("grants are bounded to the roles that are named", () => {
  expect(onlyGrants("Bound", ["roles/run.invoker", "projects/p/roles/deploy"])).toEqual({
    title: "Bound",
    description: "Grants of these roles may be changed, of no others",
    expression:
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/run.invoker', 'projects/p/roles/deploy'])",
  });
});

test("a list holds ten roles, further ones go into lists of their own", () => {
  const { expression } = onlyGrants("Bound", roles(21));
  const lists = expression.split(" || ").map((part) => part.match(/roles\/test/g)!.length);
  expect(lists).toEqual([10, 10, 1]);
});

test("an expression takes twelve operators, which is 130 roles", () => {
  expect(onlyGrants("Bound", roles(130)).expression.match(/\|\|/g)).toHaveLength(12);
  expect(() => onlyGrants("Bound", roles(131))).toThrow(
    new Error("'Bound' must name at most 130 roles, got 131: an expression of IAM takes no more"),
  );
});

test("objects are singled out by the ends of their buckets' names", () => {
  expect(objectsOfBuckets("-rollouts").expression).toBe(
    "resource.type == 'storage.googleapis.com/Object' && resource.name.extract('projects/_/buckets/{bucket}/objects/').endsWith('-rollouts')",
  );
});

test("the objects of a folder are left out", () => {
  expect(objectsOutside("dev-bootstrap")).toEqual({
    title: "Objects outside of a folder",
    description: "All objects but those in dev-bootstrap/",
    expression: "!resource.name.extract('/objects/{object}').startsWith('dev-bootstrap/')",
  });
});
