/// How a conversation goes on that has become longer than its model takes (K16 to K24).
///
/// Nothing that was said is deleted. A [mimo.agent.rebuild.Window] decides what of it a request
/// holds: everything, until that nearly fills what the model takes; then one message made by
/// [mimo.agent.rebuild.RebuiltPrompt] of what is known of the work, the last messages, and whatever
/// follows. What is sent begins with the same bytes until the next such moment.
@NullMarked
package mimo.agent.rebuild;

import org.jspecify.annotations.NullMarked;
