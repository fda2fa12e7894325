package mimo.compose;

/// What one step of a fork asks in place of what its script says (D38).
///
/// @param step its number in the run
/// @param prompt what it is asked
public record Amendment(int step, String prompt) {

  public Amendment {
    if (step < 1 || prompt.isBlank()) {
      throw new IllegalArgumentException(
          "step "
              + step
              + " cannot be asked '"
              + prompt
              + "': a step counts from 1, a prompt says something");
    }
  }
}
