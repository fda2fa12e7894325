/// Tools, resources and prompts of servers that speak the Model Context Protocol.
///
/// [mimo.agent.mcp.McpServers] knows the servers of a workspace and starts each when it is first
/// needed, [mimo.agent.mcp.McpReach] is what one agent sees of them, and [mimo.agent.mcp.McpClient]
/// speaks with one. What servers say of themselves is data: it is shown as theirs, bounded, and
/// held against what the user has approved (S34).
@NullMarked
package mimo.agent.mcp;

import org.jspecify.annotations.NullMarked;
