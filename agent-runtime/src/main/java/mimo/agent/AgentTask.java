package mimo.agent;

import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.Resolution;
import mimo.agent.tool.Toolbox;
import org.jspecify.annotations.Nullable;

/// One piece of work for one agent.
///
/// @param model who thinks
/// @param system what it is told first
/// @param prompt what it is asked
/// @param tools what it may use
/// @param answer the shape of the answer; null for text
/// @param maxTurns requests it may make
record AgentTask(
    Resolution.Resolved model,
    String system,
    String prompt,
    Toolbox tools,
    @Nullable AnswerSchema answer,
    int maxTurns) {}
