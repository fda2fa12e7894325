package mimo.agent.proposal;

import mimo.agent.memory.Revision;
import mimo.agent.memory.Source;

/// What would be different if a suggestion were accepted.
public sealed interface Change permits Change.OfMemory, Draft {

  /// The least trusted that its words, or the thought of it, may be from.
  Source source();

  /// Entries of the memory.
  ///
  /// @param place the name of their file
  record OfMemory(String place, Revision revision) implements Change {
    @Override
    public Source source() {
      return revision.provenance().source();
    }
  }
}
