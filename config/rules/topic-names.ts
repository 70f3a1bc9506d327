import { type Entry, entries } from "../source/node";
import type { Rule, TeamInEnvironment } from "./rule";

/** A topic and what makes it. */
interface TopicName {
  readonly topic: string;
  readonly maker: string;
  /** The stream, where one makes it. */
  readonly stream?: Entry;
}

/** Streams become topics, beside those that the blueprint makes for itself: each topic of a project has a name of its own. */
export const topicNames: Rule = ({ teams }, report) => {
  const taken = new Map<string, TopicName>();
  for (const team of teams) {
    for (const name of topicsOf(team)) {
      const key = `${team.environment.name} ${name.topic}`;
      const other = taken.get(key);
      const stream = name.stream ?? other?.stream;
      if (other && stream) {
        report(
          stream.key,
          `is a name that is taken: ${name.maker} and ${other.maker} would both be the topic '${name.topic}': rename the stream`,
        );
      }
      taken.set(key, name);
    }
  }
};

function topicsOf({ name: team, node }: TeamInEnvironment): TopicName[] {
  const streams = entries(node, "ingestion", "streams").flatMap(([name, stream]) => [
    { topic: `${team}-${name}`, maker: `stream '${name}' of team '${team}'`, stream },
    { topic: `${team}-${name}-dead-letter`, maker: `the dead letters of '${name}' of team '${team}'`, stream },
  ]);
  return [
    { topic: `${team}-landing`, maker: `the landed files of team '${team}'` },
    { topic: `${team}-registry-events`, maker: `the registry events of team '${team}'` },
    ...streams,
  ];
}
