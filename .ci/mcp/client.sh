#!/usr/bin/env bash
# What the conformance suite starts as the client under test: client.sh URL. It names the scenario
# in MCP_CONFORMANCE_SCENARIO.

set -euo pipefail

here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
mimo="${MIMO:-$here/../../mimo}"
export MIMOCODE_HOME="${MIMOCODE_HOME:-$(mktemp -d)}"
export MIMOCODE_CONFIG_CONTENT="{\"mcp\": {\"suite\": {\"url\": \"$1\"}}}"

cd "$MIMOCODE_HOME"
case "${MCP_CONFORMANCE_SCENARIO:-}" in
  tools_call) "$mimo" mcp call suite add_numbers '{"a": 5, "b": 3}' ;;
  sse-retry) "$mimo" mcp call suite test_reconnection ;;
  *) "$mimo" mcp test suite ;;
esac
