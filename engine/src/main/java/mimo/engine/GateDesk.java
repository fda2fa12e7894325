package mimo.engine;

import java.util.Optional;

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
  public Optional<ControlOutcome> take(Asked asked, ControlRequest.Answer answer) {
    var given = new GateAnswer(answer.value(), answer.who(), answer.channel());
    var receipt = waits.answer(answer.seq(), given, end -> watch.stopped(asked, end));
    return switch (receipt) {
      case AnswerReceipt.Taken() -> Optional.empty();
      case AnswerReceipt.Misfit(var why) -> Optional.of(Refusals.misfit(answer.seq(), why));
      case AnswerReceipt.Late(var first) -> Optional.of(Refusals.answered(answer.seq(), first));
      case AnswerReceipt.NoGate() -> Optional.of(Refusals.asksNobody(asked.run(), answer.seq()));
    };
  }
}
