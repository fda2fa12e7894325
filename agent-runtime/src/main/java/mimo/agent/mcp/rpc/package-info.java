/// JSON-RPC 2.0, as the Model Context Protocol speaks it.
///
/// A [mimo.agent.mcp.rpc.RpcMessage] is one thing said, a [mimo.agent.mcp.rpc.RpcChannel] carries
/// it, and a [mimo.agent.mcp.rpc.RpcPeer] asks questions and finds their answers. Whoever is at the
/// other end is believed nothing: every length, number and wait has its limit.
@NullMarked
package mimo.agent.mcp.rpc;

import org.jspecify.annotations.NullMarked;
