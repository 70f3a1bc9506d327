"""The whole pipeline, from bytes of Pub/Sub to rows of BigQuery, against an endpoint on loopback."""

import datetime
import json
import logging
import os
import pathlib
import unittest

import apache_beam as beam
import fakes
import yaml
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.utils.timestamp import Timestamp
from apache_beam.yaml import yaml_transform
from google.auth.credentials import AnonymousCredentials
from google.cloud import aiplatform

HERE = pathlib.Path(__file__).parent
VARIABLES = json.loads((HERE / "variables.json").read_text())
UTC = datetime.timezone.utc
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR

FAKES = [{
    "type": "python",
    "config": {},
    "transforms": {name: f"fakes.{name}" for name in ("ReadFromPubSub", "WriteToBigQuery")},
}]


def at(text):
  return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(time, subscriber, id, **fields):
  return fakes.message(time, subscriber_id=subscriber, event_id=id, **fields)


def run(messages, vertex, late=(), **variables):
  """Runs the pipeline; returns the rows of predictions, and those of dead letters."""
  fakes.deliveries = (messages, late)
  fakes.tables.clear()
  os.environ["REQUESTS_CA_BUNDLE"] = vertex.certificate.name
  aiplatform.init(
      project="acme-ml-dev",
      location="europe-west4",
      api_endpoint=vertex.api_url,
      api_transport="rest",
      credentials=AnonymousCredentials())
  source = (HERE.parent / "predict.yaml").read_text()
  spec = yaml.load(
      yaml_transform.expand_jinja(source, {**VARIABLES, **variables}, []), Loader=yaml_transform.SafeLineLoader)
  options = PipelineOptions(
      runner="BundleBasedDirectRunner" if late else "FnApiRunner",
      pickle_library="cloudpickle",
      **yaml_transform.SafeLineLoader.strip_metadata(spec["options"]))
  with beam.Pipeline(options=options) as pipeline:
    yaml_transform.expand_pipeline(pipeline, {**spec, "providers": FAKES + spec["providers"]})
  rows = lambda table: fakes.tables.get(table, [])
  return rows(VARIABLES["predictions"]), rows(VARIABLES["dead_letters"])


def windows(rows, key):
  """The windows of a key, by their ends, with the features in them."""
  return {row["window_end"].to_utc_datetime(has_tz=True): json.loads(row["features"]) for row in rows if row["key"] == key}


def ends(first, last):
  return [first + day * DAY for day in range((last - first).days + 1)]


class Predict(unittest.TestCase):

  def setUp(self):
    self.vertex = fakes.VertexEndpoint(lambda instance: {"score": instance["events"] / 10}).__enter__()
    self.addCleanup(self.vertex.__exit__)

  def test_two_weeks_every_day(self):
    rows, dead = run([
        event(at("2026-03-10T12:00"), "noon", "1", minutes=30),
        event(at("2026-03-12T18:00"), "noon", "2", minutes=10),
        event(at("2026-03-12T18:00"), "noon", "2", minutes=10),
        event(at("2026-03-10T00:00"), "midnight", "1"),
    ], self.vertex, features=[
        {"name": "events", "function": "count"},
        {"name": "minutes", "function": "mean", "column": "minutes"},
    ])

    self.assertEqual(dead, [])
    for row in rows:
      self.assertEqual(row["window_end"] - row["window_start"], 14 * 24 * 3600)
    one, both = {"events": 1.0, "minutes": 30.0}, {"events": 2.0, "minutes": 20.0}
    self.assertEqual(windows(rows, "noon"), {
        **dict.fromkeys(ends(at("2026-03-11"), at("2026-03-12")), one),
        **dict.fromkeys(ends(at("2026-03-13"), at("2026-03-24")), both),
        **dict.fromkeys(ends(at("2026-03-25"), at("2026-03-26")), {"events": 1.0, "minutes": 10.0}),
    })
    # A window begins with its first instant and ends before its last.
    self.assertEqual(
        windows(rows, "midnight"),
        dict.fromkeys(ends(at("2026-03-11"), at("2026-03-24")), {"events": 1.0, "minutes": None}))

    row = next(row for row in rows if row["key"] == "midnight" and row["window_end"] == at("2026-03-24").timestamp())
    self.assertLess(Timestamp.now() - row.pop("predicted_at"), 60)
    self.assertEqual(row, {
        "key": "midnight",
        "window_start": Timestamp.from_rfc3339("2026-03-10T00:00:00Z"),
        "window_end": Timestamp.from_rfc3339("2026-03-24T00:00:00Z"),
        "features": '{"events": 1.0, "minutes": null}',
        "prediction": '{"score": 0.1}',
        "deployed_model_id": "1764000000",
    })

  def test_what_is_late_misses_the_windows_that_have_closed_and_only_those(self):
    rows, _ = run(
        [event(at("2026-03-13T01:00"), "a", "1")],
        self.vertex,
        late=[event(at("2026-03-11T12:00"), "a", "2")],
        windowing={"type": "sliding", "size": "72h", "period": "24h"},
        features=[{"name": "events", "function": "count"}])
    self.assertEqual(windows(rows, "a"), {
        at("2026-03-14"): {"events": 2.0},
        at("2026-03-15"): {"events": 1.0},
        at("2026-03-16"): {"events": 1.0},
    })

  def test_fixed_windows_of_a_week_that_count_repeats(self):
    sunday = at("2026-03-15T12:00")
    rows, _ = run(
        [event(sunday, "a", "1"), event(sunday, "a", "1"), event(sunday + 5 * DAY, "a", "1")],
        self.vertex,
        id="",
        timestamp_attribute="",
        windowing={"type": "fixed", "size": "168h"},
        features=[{"name": "events", "function": "count"}])
    # Weeks begin on Thursdays: so did the first of January 1970.
    self.assertEqual(windows(rows, "a"), {at("2026-03-19"): {"events": 2.0}, at("2026-03-26"): {"events": 1.0}})

  def test_neither_windows_cut_short_nor_those_answered_before(self):
    today = datetime.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    rows, _ = run(
        [event(today - 3 * DAY, "a", "1"), event(today - HOUR, "a", "2")],
        self.vertex,
        windowing={"type": "sliding", "size": "96h", "period": "24h"},
        since=(today - DAY).isoformat().replace("+00:00", "Z"),
        features=[{"name": "events", "function": "count"}])
    self.assertEqual(windows(rows, "a"), {today: {"events": 2.0}})

  def test_errors_of_the_endpoint(self):
    def score(instance):
      if instance["minutes"] < 0:
        raise ValueError("minutes must not be negative")
      return 1 / (1 + instance["minutes"])

    self.vertex.score = score
    self.vertex.faults = [503, 429]
    time = at("2026-03-15T12:00")
    rows, dead = run(
        [event(time, key, "1", minutes=minutes) for key, minutes in [("a", 1), ("b", -1), ("c", 3), ("unwritable", 0)]],
        self.vertex,
        windowing={"type": "fixed", "size": "24h"},
        features=[{"name": "minutes", "function": "sum", "column": "minutes"}])

    self.assertEqual({row["key"]: row["prediction"] for row in rows}, {"a": "0.5", "c": "0.25"})
    refused, unwritten = sorted(dead, key=lambda row: row["step"])
    self.assertEqual(refused["step"], "predict")
    self.assertIn("minutes must not be negative", refused["error"])
    self.assertEqual(json.loads(refused["payload"])["key"], "b")
    self.assertEqual((unwritten["step"], unwritten["error"]), ("write", "the table is gone"))
    self.assertEqual(json.loads(unwritten["payload"])["window_end"], "2026-03-16T00:00:00Z")
    self.assertEqual({path for path, _ in self.vertex.requests},
                     {"/v1/projects/acme-ml-dev/locations/europe-west4/endpoints/123456789:predict"})
    # Together until it is answered, which is not at once; then one by one.
    self.assertEqual([len(instances) for _, instances in self.vertex.requests], [4, 4, 4, 1, 1, 1, 1])

  def test_an_endpoint_without_a_model_is_no_place_to_start(self):
    self.vertex.deployed = []
    with self.assertRaisesRegex(ValueError, "no models deployed"):
      run([], self.vertex)


if __name__ == "__main__":
  logging.disable(logging.ERROR)
  unittest.main()
