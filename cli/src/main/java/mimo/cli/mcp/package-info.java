/// MCP on this machine: which servers are configured and by whom, and mimo as a server itself.
///
/// [mimo.cli.mcp.ServerFiles] reads what user and repository say of servers, a repository's only as
/// far as it is trusted. [mimo.cli.mcp.WorkflowServer] offers workflows and runs to other programs
/// on two streams; it never listens on a socket (S32).
@NullMarked
package mimo.cli.mcp;

import org.jspecify.annotations.NullMarked;
