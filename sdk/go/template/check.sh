#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes a project from the template as README.md says, in a temporary directory,
# and proves that it builds and tests without network and without this repository.
set -eu

sdk=$(cd "$(dirname "$0")/.." && pwd)
id=my-first-plugin
name="My first plugin"
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT

for template in "$sdk"/template/*.tmpl; do
    file=$(basename "$template" .tmpl)
    [ "$file" != gitignore ] || file=.gitignore
    sed -e "s/{{id}}/$id/g" -e "s/{{name}}/$name/g" "$template" >"$project/$file"
done
chmod +x "$project/build.sh"
for folder in protocol pluginbridge pluginbridge/stubhost internal/wire internal/jsontext; do
    mkdir -p "$project/sdk/$folder"
    for source in "$sdk/$folder"/*.go; do
        case $source in
        *_test.go) ;;
        *) cp "$source" "$project/sdk/$folder/" ;;
        esac
    done
done
cp "$sdk/go.mod" "$project/sdk/go.mod"

if grep -rn '{{' "$project" --include='*' --exclude-dir=sdk; then
    echo "template/check.sh: a placeholder was left" >&2
    exit 1
fi

cd "$project"
export GOFLAGS=-mod=mod GOPROXY=off GOWORK=off GOTOOLCHAIN=local
test -z "$(gofmt -l .)"
go vet ./...
go test ./...
(cd sdk && go vet ./...)
./build.sh
cp plugin.wasm first.wasm
./build.sh
cmp first.wasm plugin.wasm
echo "template: a new project builds, tests and rebuilds byte for byte"
