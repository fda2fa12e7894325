/// The words of a conversation between an agent and a model, independent of any provider's
/// protocol.
@NullMarked
package mimo.agent.message;

import org.jspecify.annotations.NullMarked;
