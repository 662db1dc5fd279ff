#!/usr/bin/env bash
# Brings the product up on SQLite, app and API on one port.
#   etc/run.sh [--port N] [--data DIR] [--no-demo]
# The first start builds (some minutes); later starts build only what changed.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"

port=5080 data="$root/.data" demo=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --port) port=${2:?--port wants a number}; shift 2 ;;
    --data) data=${2:?--data wants a folder}; shift 2 ;;
    --no-demo) demo=no; shift ;;
    *) die "unknown option $1; usage: etc/run.sh [--port N] [--data DIR] [--no-demo]" ;;
  esac
done
[[ "$port" =~ ^[0-9]+$ ]] && [ "$port" -le 65535 ] || die "--port $port is not a port number"
need_tools
mkdir -p "$data"; data=$(cd "$data" && pwd)
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then die "port $port is in use; choose another with --port"; fi

build_web
build_server

export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Demo}
export Database__Provider=Sqlite Database__ConnectionString="Data Source=$data/pilot.db"
export Files__Directory="$data/files" DataProtection__Directory="$data/keys" Mail__Directory="$data/mail"
export WebApp__Directory="$root/angular/dist/browser"
[ "$demo" = no ] || [ "$ASPNETCORE_ENVIRONMENT" != Production ] \
  || die "ASPNETCORE_ENVIRONMENT=Production takes no demo accounts; start with --no-demo (and Seed__OperatorPassword for the first account)"

# What was migrated and seeded by which build: the same build needs neither again.
state="$(cat "$root/.build/server.stamp") $demo"
if [ "$(cat "$data/.state" 2>/dev/null)" != "$state" ]; then
  say "preparing the database"
  dotnet "$root/.build/migrator/PilotPlatform.DbMigrator.dll" apply
  dotnet "$root/.build/migrator/PilotPlatform.DbMigrator.dll" seed
  if [ "$demo" = yes ]; then
    say "adding demo data"
    dotnet "$root/.build/migrator/PilotPlatform.DbMigrator.dll" seed-demo
  fi
  printf '%s' "$state" > "$data/.state"
fi

say "starting"
dotnet "$root/.build/host/PilotPlatform.HttpApi.Host.dll" --urls "http://127.0.0.1:$port" --contentRoot "$root/.build/host" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for _ in $(seq 1 600); do
  kill -0 "$server" 2>/dev/null || { wait "$server" || true; die "the server stopped while starting; see above"; }
  if is_ready "$port"; then break; fi
  read -rt 0.1 <> <(:) || :
done

cat <<EOF

PilotPlatform    http://127.0.0.1:$port
EOF
if [ "$demo" = yes ]; then cat <<'EOF'
Demo accounts    password of all: Pilot-2026-demo!
  js.coordinator   江苏省政务办 经办人: notices, claims, review, certification
  js.leader        江苏省政务办 领导: dashboard
  js.assessor1/2   评估专家: scores what is assigned to them
  js.admin  js.security  js.auditor   系统管理员 / 安全管理员 / 审计管理员
  nt.coordinator   南通市政务办    yz.coordinator   扬州市政务办 (a sibling)
  gz.coordinator   江西省赣州市 (another province): experience library, adoption
  operator         平台运营: onboards provinces
EOF
fi
echo "Stop with Ctrl+C."
wait "$server"
