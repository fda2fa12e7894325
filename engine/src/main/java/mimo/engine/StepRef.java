package mimo.engine;

/// Names one step of a run for good: numbers of steps begin anew with each generation (D2).
///
/// @param generation counted from 0
/// @param seq the step's number in it, from 1
public record StepRef(int generation, int seq) {

  public StepRef {
    if (generation < 0 || seq < 1) {
      throw new IllegalArgumentException(
          "step " + seq + " of generation " + generation + " cannot be: they count from 1 and 0");
    }
  }
}
