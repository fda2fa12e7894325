package mimo.engine;

/// How the runs of an engine wait for time, people and providers.
public record Waiting(Attendance attendance, AnswerCheck answers) {

  /// Where nobody watches and nothing is asked.
  public static final Waiting UNATTENDED = new Waiting(Attendance.UNATTENDED, AnswerCheck.none());
}
