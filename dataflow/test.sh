#!/usr/bin/env bash
# Runs the Beam pipelines with Beam's own test harness, and against an endpoint on loopback. The virtual environment is made in .venv/
# when it is missing or the requirements have changed: about 70 seconds and 920 MB. Without a Python that Beam runs on it skips the tests,
# and with --required it fails.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "skipped: the tests of Beam pipelines need Python 3.10 or newer as python3, got $(python3 --version 2>/dev/null || echo none)"
  [ "${1:-}" != --required ]
  exit
fi

requirements=dataflow/requirements.txt
installed=.venv/installed-requirements.txt
if ! cmp -s "$requirements" "$installed"; then
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --requirement "$requirements"
  cp "$requirements" "$installed"
fi

# Loopback is not to be reached through a proxy.
export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
python="$PWD/.venv/bin/python"
status=0
"$python" -W ignore -m apache_beam.yaml.main --tests --runner=FnApiRunner \
  --yaml_pipeline_file=dataflow/predict.yaml --jinja_variables="$(cat dataflow/tests/variables.json)" \
  --test_suite=dataflow/tests/messages.yaml 2>&1 | { grep -vE '^\.?(INFO|WARNING):' || true; } || status=1
(cd dataflow/tests && "$python" -W ignore test_predict.py --verbose) || status=1
exit "$status"
