package mimo.engine;

import org.jspecify.annotations.Nullable;

/// What a workflow asks an [Activity] to do. Text only: no live object crosses this border.
///
/// @param kind which activity performs it, and which limit it waits for
/// @param key identity of what is asked for; equal keys ask for the same thing
/// @param path where in the workflow's structure it was asked, such as `p3/l0.2`; empty at the top
/// @param input everything the activity needs, as a JSON object
/// @param label a few words for people; never part of the identity
/// @param phase the group this step is shown in; empty for none
/// @param position where in the script it was asked, if known
/// @param budget the innermost budget its usage counts against, as [RunScope#openBudget] returned
///   it; 0 for the run's own
/// @param part the innermost part it was asked in, as [RunScope#enter] numbered it; 0 for none
public record ActivityRequest(
    StepKind kind,
    ContentKey key,
    String path,
    String input,
    String label,
    String phase,
    @Nullable SourcePosition position,
    int budget,
    int part) {

  /// A request that counts against the run's own budget alone.
  public ActivityRequest(
      StepKind kind,
      ContentKey key,
      String path,
      String input,
      String label,
      String phase,
      @Nullable SourcePosition position) {
    this(kind, key, path, input, label, phase, position, Budget.RUN, 0);
  }

  /// The same request, counted against this budget and all around it.
  public ActivityRequest withBudget(int number) {
    return new ActivityRequest(kind, key, path, input, label, phase, position, number, part);
  }

  /// The same request, asked in this part.
  public ActivityRequest within(int number) {
    return new ActivityRequest(kind, key, path, input, label, phase, position, budget, number);
  }
}
