#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Rebuilds the guests in this directory, byte for byte:
#   build.sh           writes plugin.wasm into each folder
#   build.sh --check   builds elsewhere and compares; 1 when bytes differ,
#                      3 when this Go is not the one that made them
set -eu

# The Go that the committed bytes were made with; change it with them.
made_with=go1.26.8

cd "$(dirname "$0")"
if ! command -v go >/dev/null; then
    echo "build.sh: no go on the PATH; $made_with is needed" >&2
    exit 2
fi

build() {
    (cd "$1" && env GOOS=wasip1 GOARCH=wasm GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local GOWORK=off \
        GOWASM= GOEXPERIMENT= GODEBUG= CGO_ENABLED=0 \
        go build -buildmode=c-shared -trimpath -buildvcs=false -ldflags "-s -w -buildid=" -o "$2" .)
}

case "${1-}" in
'')
    for guest in */go.mod; do
        build "${guest%/go.mod}" plugin.wasm
    done
    ;;
--check)
    here=$(go env GOVERSION)
    if [ "$here" != "$made_with" ]; then
        echo "build.sh: the guests were made with $made_with, this is $here: cannot compare" >&2
        exit 3
    fi
    rebuilt=$(mktemp)
    trap 'rm -f "$rebuilt"' EXIT
    for guest in */go.mod; do
        build "${guest%/go.mod}" "$rebuilt"
        if ! cmp -s "$rebuilt" "${guest%/go.mod}/plugin.wasm"; then
            echo "build.sh: ${guest%/go.mod}/plugin.wasm is not what its source gives with $made_with;" \
                "run build.sh and commit the result" >&2
            exit 1
        fi
    done
    ;;
*)
    echo "usage: build.sh [--check]" >&2
    exit 2
    ;;
esac
