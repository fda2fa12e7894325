/// The chat completions protocol, as OpenAI defined it and many others speak it (A16).
///
/// A request goes out through [mimo.agent.provider.openai.ChatRequestWriter]; what streams back
/// becomes [mimo.agent.provider.openai.ChatEvent]s and then one reply. What a provider's refusals
/// mean stands in one place, [mimo.agent.provider.openai.ChatFaults].
@NullMarked
package mimo.agent.provider.openai;

import org.jspecify.annotations.NullMarked;
