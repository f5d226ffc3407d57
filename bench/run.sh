#!/usr/bin/env bash
# Measures gongkai with 168 schools and 100,800 articles; see README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bench/out
go build -o bench/out/bench ./bench
exec bench/out/bench -gongkai "${GONGKAI:-./gongkai}" "$@"
