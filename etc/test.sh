#!/usr/bin/env bash
# Everything: .NET tests on SQLite and again on a real PostgreSQL, linters, Angular unit tests, end-to-end tests in
# Chromium against the real server. Installs what it needs. Ends with "N passed, N failed, N skipped".
#   etc/test.sh [--quick]     --quick leaves out PostgreSQL and the end-to-end tests, and says so as skipped
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$(dirname "$0")/lib/postgres.sh"
cd "$root" || exit 1
quick=no; [ "${1:-}" = --quick ] && quick=yes
need_tools

results=$(mktemp -d)
# What the tools leave in the system's temporary folder goes with the run. PostgreSQL, as another user, must reach its own part.
chmod 711 "$results"; mkdir -m 711 "$results/tmp"; export TMPDIR=$results/tmp
# One compiler process for all projects, under a name of this run's own: it is ended with the run. Processes here are short, so
# that gathering profiles for better code costs more than it brings.
export UseSharedCompilation=true SharedCompilationId="pilot-$$" DOTNET_TieredPGO=0
passed=0 failed=0 skipped=0
server= product=
finish() {
  [ -z "$product" ] || { kill "$product" 2>/dev/null; wait "$product" 2>/dev/null; }
  [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
  stop_postgres
  local compiler; compiler=$(pgrep -f "VBCSCompiler.*pipename:$SharedCompilationId") && kill $compiler
  rm -rf "$results"
}
trap finish EXIT

count() { passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3)); printf '   %s: %d passed, %d failed, %d skipped\n' "$4" "$1" "$2" "$3"; }
# check NAME COMMAND...: one pass or one failure
check() {
  local name=$1; shift
  if "$@" > "$results/check.log" 2>&1; then count 1 0 0 "$name"; else tail -n 60 "$results/check.log"; count 0 1 0 "$name"; return 1; fi
}

install_packages() {
  local wanted=()
  command -v chromium >/dev/null || wanted+=(chromium)
  command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui)
  command -v pdftoppm >/dev/null || wanted+=(poppler-utils)
  # Not grep -q: it would end fc-list early, which pipefail takes for a failure.
  [ "$(fc-list 2>/dev/null | grep -ci 'noto.*cjk')" -gt 0 ] || wanted+=(fonts-noto-cjk)
  [ -x "$pgbin/initdb" ] || wanted+=(postgresql-15)
  [ ${#wanted[@]} -gt 0 ] || return 0
  say "installing ${wanted[*]}"
  local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${wanted[@]}"
}

# dotnet_tests LABEL PROJECT...: runs them and adds up their TRX counters. The first should be those that take longest.
dotnet_tests() {
  local label=$1; shift
  local dir="$results/trx-$label" p=0 f=0 s=0 broken=0 file
  mkdir -p "$dir"
  # Two at a time: several wait more for processes and disks than they compute.
  printf '%s\0' "$@" | xargs -0 -P 2 -I{} bash -c 'name=$(basename "$1")
    dotnet test "$1/bin/Debug/net10.0/$name.dll" --logger "trx;LogFileName=$name.trx" --results-directory "$2" > "$2/$name.log" 2>&1 || touch "$2/$name.failed"' _ {} "$dir"
  local project name
  for project in "$@"; do
    name=$(basename "$project")
    [ -f "$dir/$name.failed" ] || continue
    grep -vE '^\s*$' "$dir/$name.log" | tail -n 80
    [ -f "$dir/$name.trx" ] || broken=$((broken + 1))
  done
  for file in "$dir"/*.trx; do
    [ -f "$file" ] || continue
    local line; line=$(grep -o '<Counters [^>]*' "$file")
    local total=$(sed -n 's/.* total="\([0-9]*\)".*/\1/p' <<< " $line") ok=$(sed -n 's/.* passed="\([0-9]*\)".*/\1/p' <<< " $line") bad=$(sed -n 's/.* failed="\([0-9]*\)".*/\1/p' <<< " $line")
    p=$((p + ok)); f=$((f + bad)); s=$((s + total - ok - bad))
  done
  count "$p" "$((f + broken))" "$s" ".NET tests, $label"
}

# Two run at a time: a long one begun last would run alone.
longest_first() {
  local long=(Crash Platform Programmes Workflows Files Identity Insights) name pattern
  for name in "${long[@]}"; do printf '%s\n' "$@" | grep -E "\.$name\.Tests\$"; done
  pattern=$(IFS='|'; echo "${long[*]}")
  printf '%s\n' "$@" | grep -vE "\.($pattern)\.Tests\$"
}

install_packages || { echo "the packages could not be installed"; exit 1; }

say ".NET: build with warnings as errors"
if check "dotnet build" dotnet build PilotPlatform.sln -nologo -v q; then
  say ".NET tests on SQLite"
  # shellcheck disable=SC2046
  dotnet_tests SQLite $(longest_first test/*.Tests)
  if [ $quick = yes ]; then count 0 0 1 "PostgreSQL (--quick)"; else
    say ".NET tests on PostgreSQL; beside them the product is built for the end-to-end tests"
    (set -e; build_web; build_server) > "$results/product.log" 2>&1 & product=$!
    # The rest touches no database; the long tests of Files are about bytes, and its rows are those of the other modules' tests.
    if start_postgres; then dotnet_tests PostgreSQL $(longest_first $(grep -l TestBase test/*.Tests/*.csproj | grep -v Files | xargs -n1 dirname)); else count 0 1 0 "starting PostgreSQL"; fi
    unset PILOT_TEST_POSTGRES
    # Both use the web app's folders. What went wrong is counted where etc/run.sh builds it again.
    wait "$product" || tail -n 60 "$results/product.log"
    product=
  fi
fi

say "web app: lint, unit tests, build"
lock=$(sha256sum angular/package-lock.json | cut -d' ' -f1)
if [ "$(cat angular/node_modules/.lock-stamp 2>/dev/null)" != "$lock" ]; then
  check "npm ci (angular)" bash -c "cd angular && npm ci --no-audit --no-fund && echo $lock > node_modules/.lock-stamp"
fi
check "lint (eslint, stylelint, prettier, texts)" npm --prefix angular run lint
# A run that does not end would hold up everything behind it for ever; it takes under two minutes.
timeout --kill-after=10 600 npm --prefix angular test -- --reporters=json --output-file="$results/unit.json" > "$results/unit.log" 2>&1 || tail -n 60 "$results/unit.log"
if [ -f "$results/unit.json" ]; then
  read -r p f s < <(node -e 'const r=require(process.argv[1]);console.log(r.numPassedTests,r.numFailedTests+(r.numFailedTestSuites&&!r.numFailedTests?r.numFailedTestSuites:0),r.numPendingTests+r.numTodoTests)' "$results/unit.json")
  count "$p" "$f" "$s" "Angular unit tests"
else
  count 0 1 0 "Angular unit tests (no result)"
fi

if [ $quick = yes ]; then count 0 0 1 "end-to-end tests (--quick)"; else
  say "end-to-end tests in Chromium"
  check "npm ci (e2e)" npm --prefix test/e2e ci --no-audit --no-fund
  port=$(free_port)
  # The tests sign in more often in a minute than people would from one address.
  RateLimits__SignInPerMinute=100000 etc/run.sh --port "$port" --data "$results/data" > "$results/server.log" 2>&1 & server=$!
  for _ in $(seq 1 1800); do
    grep -q 'Stop with Ctrl+C' "$results/server.log" && break
    kill -0 $server 2>/dev/null || break
    read -rt 0.5 <> <(:) || :
  done
  if grep -q 'Stop with Ctrl+C' "$results/server.log"; then
    count 1 0 0 "etc/run.sh"
    (cd test/e2e && PILOT_URL="http://127.0.0.1:$port" PILOT_E2E_REPORT="$results/e2e.json" npx playwright test) || true
    if [ -f "$results/e2e.json" ]; then
      read -r p f s < <(node -e 'const s=require(process.argv[1]).stats;console.log(s.expected,s.unexpected+s.flaky,s.skipped)' "$results/e2e.json")
      count "$p" "$f" "$s" "end-to-end tests"
    else
      count 0 1 0 "end-to-end tests (no result)"
    fi
  else
    tail -n 60 "$results/server.log"; count 0 1 0 "etc/run.sh"
  fi
fi

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
