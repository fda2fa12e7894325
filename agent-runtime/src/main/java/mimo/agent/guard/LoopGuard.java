package mimo.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.GuardLimits;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.tool.OutputCollector;
import mimo.engine.journal.CanonicalJson;
import mimo.engine.journal.Digests;

/// Notices an agent that goes in circles (A58, S80). Confined to the agent's thread.
///
/// Calls are compared by tool, canonical arguments and result. A block of up to ten calls that
/// comes three times in a row, with the same results, is a circle; if the results change, or one of
/// the calls only waits for something, thirty times are. What an earlier process did counts: the
/// same calls come by again when a session is taken up.
public final class LoopGuard {

  private final List<Seen> calls = new ArrayList<>();

  /// A call.
  ///
  /// @param what what was asked for, as a digest
  /// @param result what came of it, the same
  /// @param waits whether it may well come to the same for long
  private record Seen(String tool, String what, String result, boolean waits) {}

  /// A call has been answered.
  ///
  /// @return what goes round in a circle, in words for the model; empty if nothing does
  public Optional<String> seen(Content.ToolCall call, Message.ToolAnswer answer) {
    var what = Digests.hex(call.tool() + "\n" + canonical(call.arguments()));
    var result = Digests.hex(answer.status() + "\n" + OutputCollector.withoutPlace(answer.text()));
    calls.add(new Seen(call.tool(), what, result, Waiting.is(call, answer)));
    if (calls.size() > GuardLimits.GUARD_PERIOD * GuardLimits.GUARD_POLLS) {
      calls.removeFirst();
    }
    for (int period = 1; period <= GuardLimits.GUARD_PERIOD; period++) {
      if (repeats(period, GuardLimits.GUARD_REPEATS, Likeness.RESULTS)) {
        return Optional.of(told(period, GuardLimits.GUARD_REPEATS, " with the same result"));
      }
      if (repeats(period, GuardLimits.GUARD_POLLS, Likeness.CALLS)) {
        return Optional.of(told(period, GuardLimits.GUARD_POLLS, ""));
      }
    }
    return Optional.empty();
  }

  /// What was done until now does not count any more.
  public void forget() {
    calls.clear();
  }

  /// What makes two calls alike.
  private enum Likeness {
    CALLS,
    RESULTS
  }

  private static String canonical(String arguments) {
    try {
      return CanonicalJson.of(arguments);
    } catch (IllegalArgumentException malformed) {
      return arguments;
    }
  }

  /// Whether the last calls are one block of `period` calls, `times` times over.
  private boolean repeats(int period, int times, Likeness likeness) {
    int from = calls.size() - period * times;
    if (from < 0) {
      return false;
    }
    for (int i = from + period; i < calls.size(); i++) {
      if (!alike(calls.get(i), calls.get(i - period), likeness)) {
        return false;
      }
    }
    return true;
  }

  private static boolean alike(Seen one, Seen other, Likeness likeness) {
    return one.what().equals(other.what())
        && (likeness == Likeness.CALLS || (!one.waits() && one.result().equals(other.result())));
  }

  private String told(int period, int times, String how) {
    var block =
        calls.subList(calls.size() - period, calls.size()).stream().map(Seen::tool).toList();
    return "the same %s (%s) %d times%s"
        .formatted(
            period == 1 ? "call" : "block of " + period + " calls",
            String.join(", ", block),
            times,
            how);
  }
}
