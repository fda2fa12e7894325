package mimo.engine;

/// Whether a part of a workflow has to happen: a part that an earlier generation left whole need
/// not (D34).
public sealed interface Entrance {

  /// The part's number, which is that of a step; 0 where parts are not written down.
  int part();

  /// The workflow does what the part is, and then tells what came of it with [RunScope#leave].
  record Entered(int part) implements Entrance {}

  /// The part does not happen again. What came of it is delivered, as for any step.
  record Answered(int part) implements Entrance {}
}
