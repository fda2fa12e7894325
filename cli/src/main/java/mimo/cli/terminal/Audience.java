package mimo.cli.terminal;

import java.util.List;
import mimo.agent.AgentEvent;
import mimo.agent.AgentListener;
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

  /// Several, told in this order, with nobody there.
  static Audience of(List<Audience> members) {
    return of(members, Attendance.UNATTENDED);
  }

  /// Several, told in this order.
  static Audience of(List<Audience> members, Attendance attendance) {
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
      public void heard(RunId run, int seq, AgentEvent event) {
        all.forEach(member -> member.heard(run, seq, event));
      }
    };
  }
}
