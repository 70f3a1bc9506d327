import { readable, repositoryPlatform, synthesise } from "../support/platform";

const stacks = synthesise(repositoryPlatform());

test.each([...stacks.keys()])("%s is synthesised as reviewed", (name) => {
  expect(readable(stacks.get(name)!)).toMatchSnapshot();
});
