#!/usr/bin/env bash
# etc/notices.sh draft IN_DIR OUT_DIR [--ext txt|html|docx]
# Writes OUT_DIR/NAME.json for each notice NAME in IN_DIR. Builds the tool when its sources are newer than the last build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/tool.sh"
run_tool PilotPlatform.NoticeImport.Tool notices "PilotPlatform.NoticeImport PilotPlatform.Regions PilotPlatform.Kernel" "$@"
