/// The agents that the agent of a session has work for it, each in a session of its own (A41).
///
/// [mimo.agent.subagent.SubagentTool] is what a model sees of them; the
/// [mimo.agent.subagent.Subagents] of a session outlive its turns, and what they answer comes in by
/// itself. What earlier processes left of them is read from the store (A51).
@NullMarked
package mimo.agent.subagent;

import org.jspecify.annotations.NullMarked;
