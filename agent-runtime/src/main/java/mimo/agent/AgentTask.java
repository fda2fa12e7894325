package mimo.agent;

import java.util.List;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Renewal;
import mimo.agent.tool.Toolbox;
import org.jspecify.annotations.Nullable;

/// One piece of work for one agent.
///
/// @param model who thinks
/// @param system what it is told first
/// @param history what was said before, if this goes on with something
/// @param prompt what it is asked
/// @param tools what it may use
/// @param answer the shape of the answer; null for text
/// @param thinking how hard it thinks; null leaves that to the model
/// @param temperature how freely it speaks; null leaves that to the model
/// @param maxTurns requests it may make
/// @param authority what it may do with them
/// @param ahead hears when something is about to be changed
/// @param terms what has to be so before it may end
/// @param renewal how it goes on when it has become too long
/// @param max how many candidates each step has; null for one
/// @param asker is asked whether an agent goes on that goes in circles
record AgentTask(
    Resolution.Resolved model,
    String system,
    List<Message> history,
    String prompt,
    Toolbox tools,
    @Nullable AnswerSchema answer,
    @Nullable Thinking thinking,
    @Nullable Double temperature,
    int maxTurns,
    Authority authority,
    ChangeAhead ahead,
    EndTerms terms,
    Renewal renewal,
    @Nullable MaxMode max,
    Asker asker) {

  /// Hears that a call is about to act which may change something; it waits meanwhile.
  @FunctionalInterface
  interface ChangeAhead {
    void hear() throws InterruptedException;

    ChangeAhead IGNORED = () -> {};
  }

  AgentTask {
    history = List.copyOf(history);
  }

  /// A piece of work that goes on with nothing, as hard as the model thinks by itself.
  AgentTask(
      Resolution.Resolved model,
      String system,
      String prompt,
      Toolbox tools,
      @Nullable AnswerSchema answer,
      int maxTurns,
      Authority authority) {
    this(
        model,
        system,
        List.of(),
        prompt,
        tools,
        answer,
        null,
        null,
        maxTurns,
        authority,
        ChangeAhead.IGNORED,
        EndTerms.NONE,
        Renewal.plain(prompt),
        null,
        Asker.nobody());
  }
}
