#!/bin/sh
# update.sh VERSION: takes pdfium.wasm from the Go module, whose sum Go checks.
set -eu
cd "$(dirname "$0")"
dir=$(cd / && go mod download -json "github.com/klippa-app/go-pdfium@$1" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
zstd -19 -q -f -o pdfium.wasm.zst "$dir/internal/pdfium_wasm/pdfium.wasm"
chmod 644 pdfium.wasm.zst
echo "write into README.md: $1, $(sha256sum <"$dir/internal/pdfium_wasm/pdfium.wasm" | cut -d' ' -f1)"
