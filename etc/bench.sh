#!/usr/bin/env bash
# Measures lists over many rows, each beside hand-written SQL on the same file in the same run. Asserts nothing: the
# figures depend on the machine, and the load average is printed with them.
#   etc/bench.sh [lists] [--pilots 50000] [--deliverables 1000000] [--requests 200] [--only NAME]
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
cd "$root"
if [ "${1:-lists}" = lists ]; then shift $(($# > 0 ? 1 : 0)); elif [[ $1 != --* ]]; then die "unknown benchmark $1; there is: lists"; fi
command -v dotnet >/dev/null || die "the .NET SDK 10 is needed (dotnet was not found on PATH)"
say "building (Release)"
dotnet build test/PilotPlatform.Bench -c Release -nologo -v q
say "lists"
exec dotnet test/PilotPlatform.Bench/bin/Release/net10.0/PilotPlatform.Bench.dll "$@"
