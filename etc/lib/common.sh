# Shared by the scripts in etc/. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

need_tools() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is needed (dotnet was not found on PATH)"
  dotnet --list-sdks | grep -q '^10\.' || die "the .NET SDK 10 is needed; found: $(dotnet --list-sdks | tr '\n' ' ')"
  command -v node >/dev/null && command -v npm >/dev/null || die "Node 20 with npm is needed (node was not found on PATH)"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node 20 is needed; found $(node --version)"
}

# A fingerprint of files by name, size and time: what decides whether something must be built again.
fingerprint() {
  (cd "$root" && find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name .angular -o -path angular/src/app/api \) -prune \
    -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum | cut -d' ' -f1)
}

# free_port: a loopback port that nobody listens on now.
free_port() {
  node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# is_ready PORT: whether the server there answers that it can work.
is_ready() {
  local status
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET /health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3 && read -rt 60 status <&3
  exec 3>&-
  [[ ${status:-} == *" 200 "* ]]
}

build_web() {
  local now; now=$(fingerprint angular)
  if [ "$(cat "$root/.build/web.stamp" 2>/dev/null)" = "$now" ] && [ -f "$root/angular/dist/browser/index.html" ]; then return; fi
  say "building the web app"
  mkdir -p "$root/.build"
  local lock; lock=$(sha256sum "$root/angular/package-lock.json" | cut -d' ' -f1)
  if [ "$(cat "$root/angular/node_modules/.lock-stamp" 2>/dev/null)" != "$lock" ]; then
    (cd "$root/angular" && npm ci --no-audit --no-fund && echo "$lock" > node_modules/.lock-stamp)
  fi
  (cd "$root/angular" && npm run build)
  fingerprint angular > "$root/.build/web.stamp"
}

build_server() {
  local now; now=$(fingerprint src common.props Directory.Build.props Directory.Packages.props global.json)
  if [ "$(cat "$root/.build/server.stamp" 2>/dev/null)" = "$now" ]; then return; fi
  say "building the server"
  mkdir -p "$root/.build"
  # The analyzers speak when the solution is built.
  (cd "$root" && dotnet publish src/PilotPlatform.HttpApi.Host -c Release -o .build/host -nologo -v q -p:RunAnalyzers=false \
    && dotnet publish src/PilotPlatform.DbMigrator -c Release -o .build/migrator -nologo -v q -p:RunAnalyzers=false)
  printf '%s' "$now" > "$root/.build/server.stamp"
}
