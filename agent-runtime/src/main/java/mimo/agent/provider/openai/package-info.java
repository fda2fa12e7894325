/// The chat completions protocol, as OpenAI defined it and many others speak it (A16).
///
/// A request goes out through [mimo.agent.provider.openai.ChatRequestWriter]; the chunks that
/// stream back are read by [mimo.agent.provider.openai.ChatChunk].
@NullMarked
package mimo.agent.provider.openai;

import org.jspecify.annotations.NullMarked;
