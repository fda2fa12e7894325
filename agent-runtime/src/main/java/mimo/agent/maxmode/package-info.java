/// Max Mode: for each step of an agent several replies are asked for, and one of them counts.
///
/// A [mimo.agent.maxmode.MaxStep] asks for the candidates, in parallel and from one and the same
/// request, and a [mimo.agent.maxmode.Judge] picks. No tool runs before that, and what was not
/// picked enters neither the conversation nor the world: it is only paid for, and recorded in the
/// [mimo.agent.maxmode.Choice].
@NullMarked
package mimo.agent.maxmode;

import org.jspecify.annotations.NullMarked;
