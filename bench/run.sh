#!/usr/bin/env bash
# Measures gongkai with 168 schools and 100,800 articles; see README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bench/out
go build -o bench/out/bench ./bench
bench/out/bench -gongkai "${GONGKAI:-./gongkai}" "$@"
# filings need what only the tests know: they take turns with the bare driver in one process
echo "filing of applications; share of one row per transaction: at least 0.6" | tee -a bench/out/result.txt
go test ./pb_hooks -run '^$' -bench '^BenchmarkFiling$' -benchtime 2000x | grep -E '^Benchmark|FAIL' | tee -a bench/out/result.txt
