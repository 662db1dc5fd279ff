#!/usr/bin/env bash
# The three migration histories come from the one model.
#   etc/migrations.sh add NAME      adds a migration to each provider's project
#   etc/migrations.sh script FILE   writes the idempotent SQL Server script
set -euo pipefail
cd "$(dirname "$0")/.."
verb=${1:?add NAME | script FILE}
dotnet tool restore >/dev/null
dotnet build src/PilotPlatform.DbMigrator -nologo -v q
case "$verb" in
  add)
    name=${2:?a name for the migration}
    for provider in Sqlite PostgreSql SqlServer; do
      dotnet ef migrations add "$name" --no-build --context PlatformDbContext \
        --project "src/PilotPlatform.Migrations.$provider" --startup-project src/PilotPlatform.DbMigrator \
        --output-dir Migrations -- --Database:Provider "$provider"
    done
    ;;
  script)
    dotnet ef migrations script --idempotent --no-build --context PlatformDbContext -o "${2:?a file}" \
      --project src/PilotPlatform.Migrations.SqlServer --startup-project src/PilotPlatform.DbMigrator -- --Database:Provider SqlServer
    ;;
  *) echo "usage: etc/migrations.sh add NAME | script FILE" >&2; exit 2 ;;
esac
