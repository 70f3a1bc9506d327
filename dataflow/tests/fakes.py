"""What the pipeline reads from, asks and writes to, on this machine alone."""

import datetime
import ipaddress
import json
import ssl
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import apache_beam as beam
from apache_beam.testing.test_stream import TestStream
from apache_beam.typehints.row_type import RowTypeConstraint
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# What the subscription delivers, in time and late, and what the tables got, by name.
deliveries = ([], [])
tables = {}


def message(time, **fields):
  """A message with the time of its event."""
  return time.timestamp(), json.dumps(fields).encode()


@beam.ptransform_fn
def ReadFromPubSub(begin, subscription, format, timestamp_attribute=None):
  early, late = deliveries
  if late:
    # What is late comes when the watermark has passed: only a test stream has one to move.
    until = max(time for time, _ in early)
    source = TestStream().add_elements(_timed(early)).advance_watermark_to(until).add_elements(_timed(late))
    messages = begin | source.advance_watermark_to_infinity()
  else:
    messages = begin | beam.Create(early) | beam.MapTuple(_at)
  return messages | beam.Map(_row).with_output_types(RowTypeConstraint.from_fields([("payload", bytes)]))


def _timed(messages):
  return [beam.window.TimestampedValue(payload, time) for time, payload in messages]


def _at(time, payload):
  return beam.window.TimestampedValue(payload, time)


def _row(payload):
  return beam.Row(payload=payload)


@beam.ptransform_fn
def WriteToBigQuery(rows, table, create_disposition, write_disposition, error_handling=None):
  bad = RowTypeConstraint.from_fields([("failed_row", rows.element_type), ("error_message", str)])
  written = rows | beam.FlatMap(_write, table).with_outputs("bad", main="good")
  return {"good": written.good, "bad": written.bad | beam.Map(_same).with_output_types(bad)}


# Functions of the module, so that the runner's copies of them still fill its tables.
def _write(row, table):
  if getattr(row, "key", None) == "unwritable":
    yield beam.pvalue.TaggedOutput("bad", beam.Row(failed_row=row, error_message="the table is gone"))
  else:
    tables.setdefault(table, []).append(row._asdict())


def _same(row):
  return row


class VertexEndpoint:
  """An endpoint with an address of its own: the API says where it is, and it answers there, over TLS."""

  def __init__(self, score, deployed=("1764000000",)):
    self.score = score
    self.deployed = list(deployed)
    self.requests = []
    # Status codes to answer the next requests with.
    self.faults = []

  def __enter__(self):
    self.endpoint = _serve(self._predict)
    self.certificate = _certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self.certificate.name)
    self.endpoint.socket = context.wrap_socket(self.endpoint.socket, server_side=True)
    self.api = _serve(self._get)
    for server in (self.api, self.endpoint):
      threading.Thread(target=server.serve_forever, daemon=True).start()
    self.api_url = f"http://127.0.0.1:{self.api.server_port}"
    return self

  def __exit__(self, *_):
    for server in (self.api, self.endpoint):
      server.shutdown()
      server.server_close()
    self.certificate.close()

  def _get(self, path, _):
    return 200, {
        "name": path.removeprefix("/v1/").split("?")[0],
        "deployedModels": [{"id": id} for id in self.deployed],
        "dedicatedEndpointEnabled": True,
        "dedicatedEndpointDns": f"127.0.0.1:{self.endpoint.server_port}",
    }

  def _predict(self, path, body):
    self.requests.append((path, body["instances"]))
    if self.faults:
      return self.faults.pop(0), {"error": {"message": "injected"}}
    try:
      predictions = [self.score(instance) for instance in body["instances"]]
    except ValueError as error:
      return 400, {"error": {"code": 400, "message": str(error)}}
    return 200, {"predictions": predictions, "deployedModelId": self.deployed[0]}


def _serve(answer):
  class Handler(BaseHTTPRequestHandler):
    def respond(self):
      length = int(self.headers.get("Content-Length", 0))
      status, body = answer(self.path, json.loads(self.rfile.read(length)) if length else None)
      content = json.dumps(body).encode()
      self.send_response(status)
      self.send_header("Content-Type", "application/json")
      self.send_header("Content-Length", str(len(content)))
      self.end_headers()
      self.wfile.write(content)

    do_GET = do_POST = respond

    def log_message(self, *_):
      pass

  return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def _certificate():
  key = ec.generate_private_key(ec.SECP256R1())
  name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
  now = datetime.datetime.now(datetime.timezone.utc)
  day = datetime.timedelta(days=1)
  certificate = (
      x509.CertificateBuilder()
      .subject_name(name)
      .issuer_name(name)
      .public_key(key.public_key())
      .serial_number(x509.random_serial_number())
      .not_valid_before(now - day)
      .not_valid_after(now + day)
      .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
      .sign(key, hashes.SHA256()))
  file = tempfile.NamedTemporaryFile(suffix=".pem")
  file.write(
      key.private_bytes(
          serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
  file.write(certificate.public_bytes(serialization.Encoding.PEM))
  file.flush()
  return file
