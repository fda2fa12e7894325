/// Agents: a model, its tools, and the loop between them, performing the engine's agent steps.
///
/// `AgentLoop` is the one loop every agent runs. Models come in through
/// [mimo.agent.provider.Provider], abilities through [mimo.agent.tool.Tool].
@NullMarked
package mimo.agent;

import org.jspecify.annotations.NullMarked;
