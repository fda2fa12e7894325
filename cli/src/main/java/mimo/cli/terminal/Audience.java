package mimo.cli.terminal;

import java.util.List;
import java.util.function.Function;
import mimo.agent.AgentEvent;
import mimo.agent.AgentListener;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.GrantRequest;
import mimo.engine.Attendance;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.Standstill;

/// Whoever follows a run and its agents.
public interface Audience extends RunListener, AgentListener {

  /// Whether somebody is there when the run has to wait.
  default Attendance attendance() {
    return Attendance.UNATTENDED;
  }

  /// Says whether a script gets what it asks for at the launch of its run (L7).
  default GrantAnswer answer(GrantRequest request) {
    return GrantAnswer.UNANSWERED;
  }

  /// Several, told in this order, with nobody there.
  static Audience of(List<Audience> members) {
    return of(members, Attendance.UNATTENDED);
  }

  /// Several, told in this order.
  static Audience of(List<Audience> members, Attendance attendance) {
    return of(members, attendance, _ -> GrantAnswer.UNANSWERED);
  }

  /// Several, told in this order.
  ///
  /// @param granting answers what a script asks for
  static Audience of(
      List<Audience> members, Attendance attendance, Function<GrantRequest, GrantAnswer> granting) {
    var all = List.copyOf(members);
    return new Audience() {
      @Override
      public void recorded(RecordedEvent recorded) {
        all.forEach(member -> member.recorded(recorded));
      }

      @Override
      public void stepStarted(RunId run, int seq) {
        all.forEach(member -> member.stepStarted(run, seq));
      }

      @Override
      public void rests(RunId run, Standstill standstill) {
        all.forEach(member -> member.rests(run, standstill));
      }

      @Override
      public Attendance attendance() {
        return attendance;
      }

      @Override
      public GrantAnswer answer(GrantRequest request) {
        return granting.apply(request);
      }

      @Override
      public void heard(RunId run, int seq, AgentEvent event) {
        all.forEach(member -> member.heard(run, seq, event));
      }
    };
  }
}
