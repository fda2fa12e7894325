package mimo.agent.hook;

import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.hook.Hook.Dialect;
import mimo.agent.tool.HookAnswer;
import mimo.agent.tool.HookAnswer.Word;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.Hooks;
import mimo.engine.CancellationToken;

/// The hooks of one agent. Thread-safe.
///
/// They run one after the other, and the first that refuses is the last that is asked. One that
/// fails says nothing, but before a call that is a refusal: a guard that is broken lets nobody in
/// (A87).
final class AgentHooks implements Hooks {

  private static final int REFUSED = 2;

  private final List<Hook> hooks;
  private final HookProcess process;
  private final HookWords words;

  AgentHooks(List<Hook> hooks, HookProcess process, HookWords words) {
    this.hooks = hooks;
    this.process = process;
    this.words = words;
  }

  @Override
  public HookAnswer tell(HookMoment moment, CancellationToken cancellation)
      throws InterruptedException {
    var answer = HookAnswer.NOTHING;
    for (var hook : hooks) {
      if (answer.word() != Word.DENY && words.concern(hook, moment)) {
        answer = answer.and(tell(hook, moment, cancellation));
      }
    }
    return answer;
  }

  private HookAnswer tell(Hook hook, HookMoment moment, CancellationToken cancellation)
      throws InterruptedException {
    var objection = hook.origin().guard().objection();
    if (objection.isPresent()) {
      return failed(hook, "is not run: " + objection.get());
    }
    return switch (process.run(hook, words.input(hook, moment), cancellation)) {
      case HookProcess.Ended.Broken(var why) -> failed(hook, why);
      case HookProcess.Ended.Said said -> heard(hook, moment, said);
    };
  }

  private HookAnswer heard(Hook hook, HookMoment moment, HookProcess.Ended.Said said) {
    if (said.code() == REFUSED) {
      return refused(hook, said.errors());
    }
    if (said.code() != 0) {
      return failed(hook, "ended with exit code " + said.code() + behind(said.errors()));
    }
    if (said.cut()) {
      return failed(hook, "said more than " + AgentLimits.HOOK_OUTPUT_BYTES + " bytes");
    }
    try {
      return words.answer(hook, moment, said.output());
    } catch (IllegalArgumentException unreadable) {
      return failed(hook, "said what cannot be understood: " + unreadable.getMessage());
    }
  }

  /// Exit code 2. What cannot be refused any more is only told of (A87).
  private static HookAnswer refused(Hook hook, String errors) {
    if (hook.event().canBeRefused()) {
      return HookAnswer.deny(HookWords.reason(hook, errors));
    }
    return hook.event() == HookEvent.TOOL_AFTER && hook.origin().dialect() == Dialect.CLAUDE
        ? HookAnswer.context(hook.name(), HookWords.bounded(errors))
        : failed(hook, "ended with exit code 2" + behind(errors));
  }

  private static HookAnswer failed(Hook hook, String why) {
    var text = "the hook '%s' (%s) %s".formatted(hook.name(), hook.origin().place(), why);
    return hook.event() == HookEvent.TOOL_BEFORE
        ? HookAnswer.deny(text).and(HookAnswer.notice(text))
        : HookAnswer.notice(text);
  }

  private static String behind(String errors) {
    var said = errors.strip();
    return said.isEmpty() ? "" : ": " + HookWords.bounded(said);
  }
}
