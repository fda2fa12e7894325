package mimo.engine;

/// Hands what people say through the store to the gates of a run at work (D53).
final class GateDesk implements AnswerDesk {

  private final Waits waits;
  private final StepWatch watch;

  /// @param watch hears of the answer that counts, with who asked for that
  GateDesk(Waits waits, StepWatch watch) {
    this.waits = waits;
    this.watch = watch;
  }

  @Override
  public ControlOutcome take(Asked asked, ControlRequest.Answer answer) {
    var given = new GateAnswer(answer.value(), answer.who(), answer.channel());
    var receipt = waits.answer(answer.seq(), given, end -> watch.stopped(asked, end));
    return switch (receipt) {
      case AnswerReceipt.Taken() -> new ControlOutcome.Applied();
      case AnswerReceipt.Misfit(var why) -> Refusals.misfit(answer.seq(), why);
      case AnswerReceipt.Late(var first) -> Refusals.answered(answer.seq(), first);
      case AnswerReceipt.NoGate() -> Refusals.asksNobody(asked.run(), answer.seq());
    };
  }
}
