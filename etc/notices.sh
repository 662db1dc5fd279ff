#!/usr/bin/env bash
# etc/notices.sh draft IN_DIR OUT_DIR [--ext txt|html|docx]
# Writes OUT_DIR/NAME.json for each notice NAME in IN_DIR. Builds the tool when its sources are newer than the last build.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/src/PilotPlatform.NoticeImport.Tool
tool=$project/bin/Release/net10.0/notices.dll
stamp=$project/obj/notices.built

sources=("$root"/src/PilotPlatform.NoticeImport "$project" "$root"/src/PilotPlatform.Regions "$root"/src/PilotPlatform.Kernel
  "$root"/Directory.Packages.props "$root"/common.props "$root"/global.json)

changed() {
  find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit
}

if [[ ! -f $tool || ! -f $stamp || -n $(changed) ]]; then
  mkdir -p "$project/obj"
  # The mark is taken before the build: a file saved during it counts as changed.
  touch "$stamp.new"
  dotnet build "$project" -c Release -m:1 -nologo -v q -clp:ErrorsOnly >&2
  mv "$stamp.new" "$stamp"
fi

exec dotnet "$tool" "$@"
