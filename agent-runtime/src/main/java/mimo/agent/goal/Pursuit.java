package mimo.agent.goal;

import java.io.IOException;
import java.util.List;
import mimo.agent.provider.Resolution;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.By;
import mimo.agent.session.SessionFact;
import mimo.engine.CancellationToken;
import mimo.engine.redaction.Placeholders;

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

  /// Writes facts down.
  @FunctionalInterface
  public interface Writing {

    /// @return it as any later reader will see it
    GoalFact ofGoal(GoalFact fact) throws InterruptedException;
  }

  /// The goal is set, and written down.
  ///
  /// @throws GoalRefusedException if a check holds a secret: what is written down has a mark in its
  ///   place, so it would be another command
  public void begin(GoalFact.Set set, Writing writing) throws IOException, InterruptedException {
    var stored = (GoalFact.Set) writing.ofGoal(set);
    heard(stored);
    if (!stored.checks().equals(set.checks()) || holdsASecret(stored)) {
      heard(writing.ofGoal(new GoalFact.Cleared()));
      throw new GoalRefusedException(
          "a check holds a secret, which is not written down; let its command read it from a file");
    }
    if (stored.by() == GoalFact.By.USER) {
      ground.originals().usersChecks().add(ground.guard().root(), stored.checks());
    }
  }

  /// Whether a mark stands in a check where it had a secret.
  static boolean holdsASecret(GoalFact.Set stored) {
    return stored.checks().stream()
        .anyMatch(
            check -> check instanceof GoalFact.Check.Command(var line, _) && Placeholders.in(line));
  }

  /// Who vouches for the checks of a goal: the user only if it was set here, on this machine, for
  /// this workspace. A session that was imported says whatever its file said.
  By vouching(GoalFact.Set goal) {
    return ground.originals().usersChecks().hold(ground.guard().root(), goal.checks())
        ? goal.by()
        : By.SCRIPT;
  }

  /// The judge that would be paid without anybody knowing how much; empty if the price is known, or
  /// nothing is to be judged.
  public String unpricedJudge() {
    return ledger.isOpen()
            && ground.judge().get() instanceof Resolution.Resolved judge
            && judge.price() == null
        ? judge.reference()
        : "";
  }

  /// This was written down.
  public void heard(GoalFact fact) {
    ledger = ledger.after(fact);
  }
}
