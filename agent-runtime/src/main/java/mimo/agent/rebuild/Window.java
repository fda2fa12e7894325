package mimo.agent.rebuild;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.ContextLimits;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.estimate.Weight;
import mimo.agent.goal.GoalLedger;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Resolution;
import mimo.agent.session.Boundary;
import mimo.agent.session.ConversationSoFar.Counted;
import mimo.agent.session.SessionFact.Cause;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.tool.Standing.Kind;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import org.jspecify.annotations.Nullable;

/// What of a conversation its model is sent (K16, K17). Between two rebuilds each request begins
/// with the one before (M22). Confined to the thread of its loop.
public final class Window {

  private final Renewal renewal;
  private final Toolbox tools;
  private final TokenEstimator estimator;

  /// What has learned of this conversation alone: the same of it is cut in each process (K20).
  private final TokenEstimator own = new TokenEstimator();

  private final Resolution.Resolved model;
  private @Nullable Boundary boundary;

  /// Whether the provider's refusal was answered by a rebuild, and no reply came since.
  private boolean refused;

  /// What a provider has refused, if it has.
  private long refusedTokens = Long.MAX_VALUE;

  /// Whether the estimators know what was counted before this turn.
  private boolean recalled;

  private Weight head = Weight.NOTHING;
  private Weight sent = Weight.NOTHING;

  public Window(Renewal renewal, Resolution.Resolved model, Toolbox tools) {
    this.renewal = renewal;
    this.tools = tools;
    this.model = model;
    this.estimator = renewal.rebuilding().estimators().of(model.reference());
    this.boundary = renewal.before().boundary();
  }

  /// What knows how the model counts.
  public TokenEstimator estimator() {
    return estimator;
  }

  /// The messages of the next request.
  ///
  /// @param all everything that was said
  public List<Message> of(List<Message> all) {
    return boundary == null ? List.copyOf(all) : seen(all, boundary);
  }

  private static List<Message> seen(List<Message> all, Boundary boundary) {
    var rebuilt = boundary.rebuilt();
    var seen = new ArrayList<Message>();
    seen.add(new Message.User(rebuilt.text()));
    seen.addAll(Tail.at(boundary, all));
    seen.addAll(all.subList(Math.min(boundary.at(), all.size()), all.size()));
    // Some providers take no two messages of the user in a row.
    if (seen.size() > 1 && seen.get(1) instanceof Message.User(var text)) {
      seen.set(0, new Message.User(rebuilt.text()).and(text));
      seen.remove(1);
    }
    return List.copyOf(seen);
  }

  /// From here on the model is told something else.
  ///
  /// @param all everything that was said until now
  public void rebuilt(Rebuilt rebuilt, List<Message> all) {
    boundary = Boundary.behind(all, rebuilt);
    refused = rebuilt.cause() == Cause.OVERFLOW;
  }

  /// What stands before the messages of each request.
  public void headed(ModelRequest request) {
    headed(request.system(), request.tools());
    sent = head.plus(Weight.of(request.messages()));
  }

  /// What stands before the messages of each request.
  public void headed(String system, List<ToolSpec> specs) {
    head = Weight.ofHead(system, specs);
    if (!recalled) {
      recalled = true;
      recall();
    }
  }

  /// The last replies say how the model counts: a session that goes on is not taken for longer than
  /// it is. Who has heard them as they came is not told again.
  private void recall() {
    boolean isNews = estimator.isUntaught();
    var said = renewal.before().messages();
    for (var each : last(renewal.before().counted())) {
      var then = said.subList(0, Math.min(each.messages(), said.size()));
      var weight = head.plus(Weight.of(of(then)));
      own.learn(weight, each.usage());
      if (isNews) {
        estimator.learn(weight, each.usage());
      }
    }
  }

  private static List<Counted> last(List<Counted> counted) {
    return counted.subList(
        Math.max(0, counted.size() - ContextLimits.ESTIMATED_REPLIES), counted.size());
  }

  /// The model has replied to what it was sent last.
  public void replied(ModelReply.Completed reply) {
    refused = false;
    // Nobody counts what is cut.
    if (reply.finish() != ModelReply.Finish.REPEATED) {
      estimator.learn(sent, reply.usage());
      own.learn(sent, reply.usage());
    }
  }

  /// What the model has to be told from here on, if the next request would nearly fill what it
  /// takes; nothing if there is room.
  ///
  /// @throws InterruptedException if stopped meanwhile
  public Optional<Rebuilt> due(List<Message> all) throws InterruptedException {
    var usable = Room.of(model.size(), renewal.rebuilding().budget());
    if (usable.isEmpty() || isOnlyAsked(all)) {
      return Optional.empty();
    }
    long now = tokens(of(all));
    return now < Room.point(usable.getAsLong()) || isFresh(now, usable.getAsLong())
        ? Optional.empty()
        : made(all, Cause.LIMIT);
  }

  /// Whether there is nothing but what is asked: only its provider knows whether that is too long.
  private boolean isOnlyAsked(List<Message> all) {
    return boundary == null && all.size() == 1;
  }

  /// Whether so little came since the last time that another would save next to nothing.
  private boolean isFresh(long now, long usable) {
    return boundary != null && now < boundary.rebuilt().after() + usable / 10;
  }

  /// The provider would not take what it was sent last. It is rebuilt once; who refuses that too
  /// would refuse it for ever.
  ///
  /// @throws InterruptedException if stopped meanwhile
  public Optional<Rebuilt> refused(List<Message> all) throws InterruptedException {
    if (refused) {
      return Optional.empty();
    }
    refusedTokens = Math.min(refusedTokens, estimator.tokens(sent));
    return made(all, Cause.OVERFLOW);
  }

  /// As the user wants it.
  ///
  /// @return nothing if that would make it no shorter
  /// @throws InterruptedException if stopped meanwhile
  public Optional<Rebuilt> asked(List<Message> all) throws InterruptedException {
    return made(all, Cause.ASKED);
  }

  private long tokens(List<Message> messages) {
    return estimator.tokens(head.plus(Weight.of(messages)));
  }

  private Optional<Rebuilt> made(List<Message> all, Cause cause) throws InterruptedException {
    long usable = Room.of(model.size(), renewal.rebuilding().budget()).orElse(Long.MAX_VALUE);
    var caps = Caps.in(Math.min(usable, refusedTokens));
    var fitting = Tail.of(all, caps.of(Part.TAIL), own);
    var inputs = inputs(all, all.size() - fitting.messages());
    var text = Reminder.of(RebuiltPrompt.of(inputs, caps, own));
    var kept = Tail.within(fitting, all, caps.ofAll() - own.tokens(text), own);
    long before = tokens(of(all));
    var planned = new Rebuilt(cause, text, kept, before, 0);
    long after = tokens(seen(all, Boundary.behind(all, planned)));
    return after < before
        ? Optional.of(new Rebuilt(cause, text, kept, before, after))
        : Optional.empty();
  }

  private Inputs inputs(List<Message> all, int covered) throws InterruptedException {
    var knowledge = renewal.knowledge();
    Map<Part, String> texts = new EnumMap<>(Part.class);
    for (var part : Part.values()) {
      texts.put(part, knowledge.text(part));
    }
    texts.put(Part.TASKS, tools.standing(Kind.TASKS));
    texts.put(Part.RUNNING, tools.standing(Kind.RUNNING));
    // What it says then is better than what can be made of the messages alone.
    var _ = tools.watch().await(ContextLimits.REBUILD_PATIENCE);
    var own = renewal.before().own();
    texts.put(Part.CHECKPOINT, knowledge.checkpoint(all, own, covered));
    var goal = renewal.goal().get();
    texts.put(Part.GOAL, String.join("\n", goal.lines()));
    texts.put(Part.RESUME, ResumeText.of(Moment.of(all, own, missed(goal))));
    return new Inputs(texts, renewal.asked().get());
  }

  /// Why the goal is not reached; empty if it is, or there is none.
  private static String missed(GoalLedger goal) {
    var last = goal.last();
    return !goal.isOpen() ? "" : last == null ? "not judged yet" : last.reason();
  }
}
