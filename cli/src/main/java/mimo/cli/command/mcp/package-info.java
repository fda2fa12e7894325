/// `mimo mcp`: the servers of others that agents can use, and mimo as a server.
///
/// Each command below it is one class; what they do is done by a [mimo.cli.command.McpDesk]. What a
/// server says of itself is made visible before it gets to a terminal.
@NullMarked
package mimo.cli.command.mcp;

import org.jspecify.annotations.NullMarked;
