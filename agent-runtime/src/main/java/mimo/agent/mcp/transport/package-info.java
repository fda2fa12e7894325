/// The ways to MCP servers: programs of this machine, and HTTP with answers as JSON or as streams
/// of events.
///
/// [mimo.agent.mcp.transport.Doors] opens them; [mimo.agent.mcp.transport.HttpChannel] is one
/// connection to a server that is elsewhere. A redirect is never followed, so that no header goes
/// where nobody meant it to.
@NullMarked
package mimo.agent.mcp.transport;

import org.jspecify.annotations.NullMarked;
