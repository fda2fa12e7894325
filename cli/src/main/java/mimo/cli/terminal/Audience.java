package mimo.cli.terminal;

import java.util.List;
import mimo.agent.AgentEvent;
import mimo.agent.AgentListener;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;
import mimo.engine.RunListener;

/// Whoever follows a run and its agents.
public interface Audience extends RunListener, AgentListener {

  /// Several, told in this order.
  static Audience of(List<Audience> members) {
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
      public void heard(RunId run, int seq, AgentEvent event) {
        all.forEach(member -> member.heard(run, seq, event));
      }
    };
  }
}
