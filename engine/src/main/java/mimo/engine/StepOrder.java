package mimo.engine;

/// What somebody wants to become of a step whose body works, or waits to.
sealed interface StepOrder {

  Asked asked();

  /// It ends without a value.
  record Stop(Asked asked) implements StepOrder {}

  /// It begins anew.
  record Again(Asked asked) implements StepOrder {}
}
