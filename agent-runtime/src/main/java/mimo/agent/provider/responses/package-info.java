/// The Responses protocol, as OpenAI defined it (A16).
///
/// A request goes out through [mimo.agent.provider.responses.ResponsesRequestWriter]; the events
/// that stream back are read by [mimo.agent.provider.responses.ResponsesParser]. Nothing is stored
/// at the provider: what a model thought comes back encrypted, and is sent along again.
@NullMarked
package mimo.agent.provider.responses;

import org.jspecify.annotations.NullMarked;
