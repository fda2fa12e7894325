package mimo.agent.proposal;

import java.util.List;
import mimo.agent.provider.TokenUsage;

/// What came of thinking about proposals.
public sealed interface Outcome {

  /// @param usage what the question took
  record Proposed(Proposal proposal, TokenUsage usage) implements Outcome {}

  /// There is nothing to change.
  ///
  /// @param notes what else there is to know
  record Nothing(List<String> notes, TokenUsage usage) implements Outcome {
    public Nothing {
      notes = List.copyOf(notes);
    }
  }

  /// The model gave no answer.
  ///
  /// @param code a name of the error table
  /// @param usage what was paid all the same
  record Failed(String code, String message, TokenUsage usage) implements Outcome {}
}
