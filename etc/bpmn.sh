#!/usr/bin/env bash
# etc/bpmn.sh check IN_DIR OUT_DIR
# etc/bpmn.sh draw IN_FILE OUT_FILE
#
# check prints for each IN_DIR/NAME.bpmn, by name, either "NAME ok", and writes the re-exported model to OUT_DIR/NAME.bpmn, or
# "NAME refused" followed by one line "id type reason" for each element that is not supported (src/PilotPlatform.Bpmn/README.md
# explains the reasons; an unreadable file has one such line). Ends with 0 when every file has its answer, refused or not; with 1
# when a folder is not there, a result cannot be written or differs from what was read; with 2 when misused.
# draw writes the model with a new diagram, laid out from left to right.
# Builds the tool when its sources are newer than the last build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/tool.sh"
run_tool PilotPlatform.Bpmn.Tool bpmn "PilotPlatform.Bpmn" "$@"
