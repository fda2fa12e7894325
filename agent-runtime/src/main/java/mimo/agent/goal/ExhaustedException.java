package mimo.agent.goal;

/// The budget is spent before there is a verdict.
final class ExhaustedException extends Exception {

  private static final long serialVersionUID = 1L;

  ExhaustedException(String why) {
    super(why + ", and the goal is not judged");
  }
}
