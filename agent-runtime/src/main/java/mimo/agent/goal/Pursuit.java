package mimo.agent.goal;

import java.io.IOException;
import java.util.List;
import mimo.agent.session.GoalFact;
import mimo.agent.session.SessionFact;
import mimo.engine.CancellationToken;

/// The goal of one session, over all its turns and attempts. Confined to one thread.
public final class Pursuit {

  private final GoalGround ground;
  private GoalLedger ledger;

  /// @param facts what happened in the session so far
  public Pursuit(GoalGround ground, List<SessionFact> facts) {
    this.ground = ground;
    this.ledger = GoalLedger.of(facts);
  }

  GoalGround ground() {
    return ground;
  }

  /// How it stands.
  public GoalLedger ledger() {
    return ledger;
  }

  /// What setting this goal comes to: tests are looked at, and a copy of them is kept (G9).
  ///
  /// @throws GoalRefusedException if there is too much to guard
  public GoalFact.Set setting(Goal goal, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var guarded =
        goal.tests() == GoalFact.Tests.FREE
            ? List.<GoalFact.Guarded>of()
            : new GuardedFiles(ground.guard()).now(goal.checks(), cancellation);
    var copy = guarded.isEmpty() ? null : ground.originals().keep(ground.guard(), guarded);
    return goal.set(ground.most(), guarded, copy);
  }

  /// This was written down.
  public void heard(GoalFact fact) {
    ledger = ledger.after(fact);
  }
}
