#!/usr/bin/env bash
# Writes angular/openapi.json from the server's endpoints; the web app's client is generated from it.
set -euo pipefail
cd "$(dirname "$0")/.."
PILOT_UPDATE_OPENAPI=1 dotnet test test/PilotPlatform.Platform.Tests -nologo -v q --filter FullyQualifiedName~OpenApiDocumentTests "$@"
