#!/usr/bin/env bash
# Measures, each figure beside a raw baseline in the same run. Asserts nothing: the figures depend on the machine, and the
# load average is printed with them.
#   etc/bench.sh [lists] [--pilots 50000] [--deliverables 1000000] [--requests 200] [--only NAME]
#       lists over many rows, beside hand-written SQL on the same file
#   etc/bench.sh workflows [--instances 10000] [--live 1000,10000,100000] [--rounds 10] [--steps 200] [--database sqlite|postgresql] [--unsynced] [--bare-prepared]
#       steps of the workflow engine on SQLite and PostgreSQL, in turns with the bare statements of a step; and bpmn-engine (Node) in memory.
#       Commits wait for the disk, as the product's do; with --unsynced neither the engine's nor the bare ones do.
#       Bare statements on SQLite are prepared at every use, as plain code does; with --bare-prepared once, as the engine's are.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$(dirname "$0")/lib/postgres.sh"
cd "$root"
what=lists
if [ $# -gt 0 ] && [[ $1 != --* ]]; then what=$1; shift; fi
command -v dotnet >/dev/null || die "the .NET SDK 10 is needed (dotnet was not found on PATH)"

case $what in
  lists)
    say "building (Release)"
    dotnet build test/PilotPlatform.Bench -c Release -nologo -v q
    say "lists"
    exec dotnet test/PilotPlatform.Bench/bin/Release/net10.0/PilotPlatform.Bench.dll "$@"
    ;;
  workflows)
    say "building (Release)"
    dotnet build test/PilotPlatform.Workflows.Lab -c Release -nologo -v q
    lab=test/PilotPlatform.Workflows.Lab/bin/Release/net10.0/PilotPlatform.Workflows.Lab.dll
    trap stop_postgres EXIT
    fsync=on; [[ " $* " != *" --unsynced "* ]] || fsync=off
    if [ -x "$pgbin/initdb" ]; then start_postgres $fsync; else say "PostgreSQL is not installed: SQLite alone"; fi
    say "workflows"
    dotnet "$lab" bench "$@"
    say "bpmn-engine (npm) in memory, no database"
    driver=test/PilotPlatform.Bpmn.Tests/Differential/driver
    [ -d "$driver/node_modules" ] || (cd "$driver" && npm ci --no-audit --no-fund --silent)
    model=$(mktemp)
    dotnet "$lab" bench write-model "$model"
    node "$driver/bench.mjs" "$model" 1000
    rm -f "$model"
    ;;
  *) die "unknown benchmark $what; there are: lists, workflows" ;;
esac
