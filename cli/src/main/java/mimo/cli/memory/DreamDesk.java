package mimo.cli.memory;

import java.util.Set;
import mimo.agent.distill.Distilling;
import mimo.agent.dream.Dreaming;
import mimo.agent.proposal.Acceptance;
import mimo.agent.proposal.Proposals;
import mimo.agent.provider.ModelResolver;
import mimo.agent.provider.Resolution;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;

/// What the commands need that propose how the memory, skills and commands could be better.
///
/// @param reserved names that no command in a file may have
/// @param models finds who is asked
public record DreamDesk(
    Dreaming dreaming,
    Distilling distilling,
    Set<String> reserved,
    Proposals proposals,
    Acceptance acceptance,
    ModelResolver models) {

  public DreamDesk {
    reserved = Set.copyOf(reserved);
  }

  /// The model a name means; null for the user's own.
  public Resolution.Resolved model(@Nullable String reference) {
    return switch (models.resolve(reference)) {
      case Resolution.Resolved model -> model;
      case Resolution.Unresolved(var code, var message) ->
          throw new CommandException(code, message);
    };
  }
}
