package mimo.cli.memory;

import mimo.agent.dream.Acceptance;
import mimo.agent.dream.Dreaming;
import mimo.agent.dream.Proposals;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;

/// What the commands need that propose how the memory could be better.
///
/// @param models finds who is asked
public record DreamDesk(
    Dreaming dreaming, Proposals proposals, Acceptance acceptance, ModelResolver models) {

  /// The model a name means; null for the user's own.
  public Resolution.Resolved model(@Nullable String reference) {
    return switch (models.resolve(reference)) {
      case Resolution.Resolved model -> model;
      case Resolution.Unresolved(var code, var message) ->
          throw new CommandException(code, message);
    };
  }
}
