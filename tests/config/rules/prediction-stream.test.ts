import { avro, problems, team } from "../support/project";

const schema = avro(
  { name: "event_id", type: "string" },
  { name: "user", type: ["null", "string"] },
  { name: "time", type: { type: "long", logicalType: "timestamp-micros" } },
  { name: "kind", type: { type: "enum", name: "Kind", symbols: ["A"] } },
  { name: "minutes", type: ["null", "double"] },
  { name: "visits", type: "int" },
  { name: "mobile", type: "boolean" },
);

interface Changes {
  readonly stream?: string;
  readonly key?: string;
  readonly id?: string;
  readonly window?: string;
  readonly features?: string;
  readonly retentionDays?: number;
}

const predictions = ({
  stream = "events",
  key = "user",
  id = "event_id",
  window = "{ type: sliding, hours: 336, periodHours: 24 }",
  features = "{ all: { function: count } }",
  retentionDays = 16,
}: Changes = {}) =>
  problems({
    "teams/churn/event.avsc": schema,
    "teams/churn/team.yaml": team(`ingestion:
  streams:
    events: { schema: event.avsc, retentionDays: ${retentionDays} }
serving:
  models:
    propensity:
      stream:
        stream: ${stream}
        key: ${key}
        id: ${id}
        window: ${window}
        features: ${features}
`),
  });

const at = (place: string, message: string) => [`teams/churn/team.yaml:${place}: ${message}`];
const place = (position: string, path: string) => `${position} serving.models.propensity.stream.${path}`;

test("features of columns with a fitting type pass", () => {
  expect(
    predictions({
      key: "visits",
      features: `
          all: { function: count }
          known: { function: count, column: time }
          kinds: { function: count, column: kind, equals: A }
          tens: { function: count, column: minutes, equals: 1.5 }
          once: { function: count, column: visits, equals: 1 }
          phones: { function: count, column: mobile, equals: true }
          minutes: { function: sum, column: minutes }
          shortest: { function: min, column: minutes }
          longest: { function: max, column: minutes }
          visits_mean: { function: mean, column: visits }`,
    }),
  ).toEqual([]);
  expect(predictions({ window: "{ type: fixed, hours: 168 }" })).toEqual([]);
});

test("the stream is one of the team", () => {
  expect(predictions({ stream: "event" })).toEqual(
    at(place("11:17", "stream"), "must be a stream of the team, got 'event', did you mean 'events'? streams: events"),
  );
});

test("a window has at most two weeks", () => {
  expect(predictions({ window: "{ type: fixed, hours: 337 }" })).toEqual(
    at(place("14:39", "window.hours"), "must be a whole number from 1 to 336, got 337"),
  );
});

test("sliding windows have a period that divides them, fixed ones have none", () => {
  expect(predictions({ window: "{ type: sliding, hours: 100, periodHours: 24 }" })).toEqual(
    at(place("14:59", "window.periodHours"), "must divide hours (100), got 24"),
  );
  expect(predictions({ window: "{ type: sliding, hours: 100 }" })).toEqual(
    at(place("14:9", "window.periodHours"), "is missing: 'sliding' windows need the hours between their ends"),
  );
  expect(predictions({ window: "{ type: fixed, hours: 24, periodHours: 24 }" })).toEqual(
    at(place("14:43", "window.periodHours"), "must not be set for 'fixed' windows: they follow each other, remove it"),
  );
});

test("the stream keeps messages for as long as a new job has to read back", () => {
  expect(predictions({ retentionDays: 15 })).toEqual(
    at(
      "6:50 ingestion.streams.events.retentionDays",
      "must be at least 16, got 15: a job that predicts over it (serving.models.propensity) reads 360 hours again when it is started, and a day is for what lies between",
    ),
  );
  expect(predictions({ retentionDays: 3, window: "{ type: fixed, hours: 24 }" })).toEqual([]);
});

test("key and id are columns of text or whole numbers", () => {
  expect(predictions({ key: "usr" })).toEqual(
    at(
      place("12:14", "key"),
      "must be a column of the stream, got 'usr', did you mean 'user'? columns: event_id, user, time, kind, minutes, visits, mobile",
    ),
  );
  expect(predictions({ id: "minutes" })).toEqual(
    at(place("13:13", "id"), "must be a column of text or whole numbers, got 'minutes', which holds numbers"),
  );
});

const feature = (settings: string) => predictions({ features: `{ a: ${settings} }` });

test("all but a count is made of a column of numbers", () => {
  expect(feature("{ function: sum }")).toEqual(
    at(place("15:21", "features.a.column"), "is missing: 'sum' is made of a column"),
  );
  expect(feature("{ function: mean, column: kind }")).toEqual(
    at(
      place("15:50", "features.a.column"),
      "must be a column of whole numbers or numbers, got 'kind', which holds text",
    ),
  );
  expect(feature("{ function: max, column: time }")).toEqual(
    at(
      place("15:49", "features.a.column"),
      "must be a column of whole numbers or numbers, got 'time', which holds neither text, numbers nor booleans",
    ),
  );
});

test("a value to count is one that the column can have", () => {
  expect(feature("{ function: count, column: kind, equals: 1 }")).toEqual(
    at(place("15:65", "features.a.equals"), "must be a value of column 'kind', which holds text, got number"),
  );
  expect(feature("{ function: count, column: visits, equals: 1.5 }")).toEqual(
    at(
      place("15:67", "features.a.equals"),
      "must be a value of column 'visits', which holds whole numbers, got number",
    ),
  );
  expect(feature("{ function: sum, column: visits, equals: 1 }")).toEqual(
    at(
      place("15:65", "features.a.equals"),
      "must stand beside 'function: count' and a column, whose values it is compared with",
    ),
  );
});

test("a feature has a name that is one word or words joined by '_'", () => {
  expect(predictions({ features: "{ all__sum: { function: count } }" })).toEqual(
    at(
      place("15:21", "features.all__sum"),
      "must be lower-case letters and digits in words joined by one '_', starting with a letter, got 'all__sum'",
    ),
  );
  expect(predictions({ features: "{}" })).toEqual(
    at(place("15:19", "features"), "must name at least one feature, got none"),
  );
});
