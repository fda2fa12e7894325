/// The Messages protocol, as Anthropic defined it (A16).
///
/// A conversation becomes [mimo.agent.provider.anthropic.MessagesTurns] that take turns, and goes
/// out through [mimo.agent.provider.anthropic.MessagesRequestWriter]; the blocks that stream back
/// are read by [mimo.agent.provider.anthropic.MessagesParser]. Signed reasoning is kept as its
/// provider sent it and goes back unchanged.
@NullMarked
package mimo.agent.provider.anthropic;

import org.jspecify.annotations.NullMarked;
