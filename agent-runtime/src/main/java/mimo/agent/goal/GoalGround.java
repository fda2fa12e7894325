package mimo.agent.goal;

import java.time.Duration;
import java.util.function.Supplier;
import mimo.agent.GoalLimits;
import mimo.agent.file.PathGuard;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.question.Asker;

/// Where an agent works towards a goal.
///
/// @param authority what commands of checks may do; the agent's own
/// @param asker is asked whether a pass counts that rests on changed tests
/// @param judge the model that judges; asked for once it has to
/// @param most how often an agent is sent back where its goal does not say it (G7)
/// @param patience how long a judge may take for one reply
public record GoalGround(
    PathGuard guard,
    Authority authority,
    CheckShells shells,
    Originals originals,
    Asker asker,
    Supplier<Resolution> judge,
    int most,
    Duration patience) {

  /// One where a judge has the usual time.
  public GoalGround(
      PathGuard guard,
      Authority authority,
      CheckShells shells,
      Originals originals,
      Asker asker,
      Supplier<Resolution> judge,
      int most) {
    this(
        guard,
        authority,
        shells,
        originals,
        asker,
        judge,
        most,
        Duration.ofSeconds(GoalLimits.JUDGE_SECONDS));
  }
}
