package mimo.agent.maxmode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.GuardLimits;
import mimo.agent.estimate.RequestEstimate;
import mimo.agent.guard.WatchedReply;
import mimo.agent.maxmode.Choice.Candidate;
import mimo.agent.maxmode.Choice.How;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Faulted;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.tool.DeferredTools;
import mimo.engine.CancellationToken;
import mimo.engine.journal.Digests;
import org.jspecify.annotations.Nullable;

/// Asks for a step in Max Mode: several candidates, one reply. Nothing of it acts: what the reply
/// calls for is run by whoever asked, as in any step (X1, X3). Confined to the agent's thread.
public final class MaxStep {

  private final MaxMode mode;
  private final Means means;
  private final Costs costs;
  private final Consumer<AgentEvent> events;
  private final Judge judge;

  /// With what it is done.
  ///
  /// @param task what the user wants, and what he gave along
  /// @param mutates whether a call wants to change something
  /// @param nanos the monotonic clock
  /// @param lost takes what was paid where no reply came of it
  public record Means(
      Resolution.Resolved model,
      List<String> task,
      Predicate<Content.ToolCall> mutates,
      RequestEstimate estimate,
      LongSupplier nanos,
      Consumer<Choice> lost) {}

  /// @param events hears of it; thread-safe
  public MaxStep(MaxMode mode, Means means, Costs costs, Consumer<AgentEvent> events) {
    this.mode = mode;
    this.means = means;
    this.costs = costs;
    this.events = events;
    this.judge = new Judge(means.model(), means.task(), costs);
  }

  /// Asks for one step. What is paid is charged when this returns, however it returns.
  ///
  /// @param heard hears the reply, once it is known which it is
  /// @throws InterruptedException if cancelled
  public Sampled ask(ModelRequest step, StreamListener heard, CancellationToken cancellation)
      throws InterruptedException {
    int count = affordable(step);
    Choice choice = null;
    Sampled sampled;
    var paid = Collections.synchronizedList(new ArrayList<TokenUsage>());
    events.accept(new AgentEvent.CandidatesStart(mode.candidates(), count));
    try {
      sampled =
          count == 1
              ? alone(step, cancellation)
              : new Round(shared(step, count), cancellation, paid).play(step, count);
      choice = sampled.choice();
    } finally {
      var lost = choice == null && !paid.isEmpty() ? Choice.lost(mode.candidates(), paid) : null;
      if (lost != null) {
        lost.overhead().forEach(costs::overhead);
        means.lost().accept(lost);
      }
      events.accept(
          choice == null
              ? new AgentEvent.CandidatesEnd(Status.ABORTED, lost)
              : new AgentEvent.CandidatesEnd(Status.OK, choice));
    }
    if (sampled.reply() instanceof Completed reply) {
      tell(reply, heard);
    }
    return sampled;
  }

  /// It is heard as if it had come just now, when it is known to be the one: so what happens has
  /// the order in which it is recorded.
  private static void tell(Completed reply, StreamListener heard) {
    var thought = Content.words(reply.content(), Content.Reasoning.class);
    if (!thought.isEmpty()) {
      heard.reasoning(thought);
    }
    var said = Content.words(reply.content(), Content.Text.class);
    if (!said.isEmpty()) {
      heard.text(said);
    }
  }

  /// How many candidates what is left pays for, with the judge that they need (X7).
  private int affordable(ModelRequest step) {
    long paid = costs.affords(means.estimate().of(step));
    int count = mode.candidates();
    while (count > 1 && (count + 1 > paid || isNothing(share(step, count)))) {
      count = fewer(count);
    }
    return count;
  }

  /// What each of them may say at most, and the judge each time it is asked.
  private OptionalLong share(ModelRequest step, int count) {
    int requests = count + GuardLimits.JUDGE_TRIES;
    var most = costs.maxOutputTokens(means.estimate().intake(step).times(requests));
    return most.isEmpty() || most.getAsLong() == 0
        ? most
        : OptionalLong.of(Math.max(1, most.getAsLong() / requests));
  }

  private static boolean isNothing(OptionalLong most) {
    return most.equals(OptionalLong.of(0));
  }

  private static int fewer(int count) {
    return count > GuardLimits.CANDIDATES_USUAL
        ? GuardLimits.CANDIDATES_USUAL
        : count > GuardLimits.CANDIDATES_FEW ? GuardLimits.CANDIDATES_FEW : 1;
  }

  /// What all candidates are asked, in the very same words; what may be said at most is shared
  /// among them and the judge.
  private ModelRequest shared(ModelRequest step, int count) {
    return new ModelRequest(
        step.model(),
        step.system(),
        step.messages(),
        step.tools(),
        share(step, count),
        step.thinking(),
        // What thinks takes no temperature but its own.
        means.model().efforts().levels().isEmpty() ? 1.0 : null);
  }

  /// What it is when the budget pays for no more.
  private Sampled alone(ModelRequest step, CancellationToken cancellation)
      throws InterruptedException {
    return switch (reply(step, new Ears("candidate 1", 0), cancellation)) {
      case Faulted fault -> Sampled.plain(fault);
      case Completed reply -> {
        costs.charge(reply.usage());
        var one = List.of(candidate(reply));
        var choice = new Choice(mode.candidates(), one, 0, How.AFFORDED, "", List.of());
        yield new Sampled(reply, choice);
      }
    };
  }

  private ModelReply reply(
      ModelRequest request, StreamListener ears, CancellationToken cancellation)
      throws InterruptedException {
    costs.sending();
    return WatchedReply.ask(
        means.model().provider(), request, ears, means.estimate(), cancellation);
  }

  private static Candidate candidate(ModelReply reply) {
    return switch (reply) {
      case Faulted(var code, var message, _) ->
          new Candidate("", "", code + ": " + message, TokenUsage.NONE);
      case Completed(var content, _, var usage) -> {
        var words = Words.of(content);
        yield isUsable(reply)
            ? new Candidate(
                Digests.hex(words), Words.cut(words, GuardLimits.CANDIDATE_CHARS), null, usage)
            : new Candidate("", "", "it said nothing of use", usage);
      }
    };
  }

  private static boolean isUsable(ModelReply reply) {
    return reply instanceof Completed(var content, var finish, _)
        && finish != ModelReply.Finish.FILTERED
        && finish != ModelReply.Finish.REPEATED
        && !Words.of(content).isEmpty();
  }

  /// One step with more than one candidate.
  private final class Round {

    private final ModelRequest request;
    private final CancellationToken cancellation;
    private final List<ModelReply> replies = new ArrayList<>();
    private final List<TokenUsage> paid;
    private final List<TokenUsage> judging = new ArrayList<>();

    /// @param paid takes what each reply used; thread-safe
    Round(ModelRequest request, CancellationToken cancellation, List<TokenUsage> paid) {
      this.request = request;
      this.cancellation = cancellation;
      this.paid = paid;
    }

    /// @param ordinary what is asked if all of them fail
    Sampled play(ModelRequest ordinary, int count) throws InterruptedException {
      var sampled = sample(ordinary, count);
      if (sampled.choice() != null) {
        sampled.choice().overhead().forEach(costs::overhead);
      }
      return sampled;
    }

    private Sampled sample(ModelRequest ordinary, int count) throws InterruptedException {
      var candidates = new Candidates(this::one);
      int first = mode.policy() == MaxMode.Policy.MUTATIONS ? 1 : count;
      replies.addAll(candidates.ask(0, first, cancellation));
      if (first < count) {
        if (replies.getFirst() instanceof Completed reply && isUsable(reply) && !changes(reply)) {
          return chosen(0, How.HARMLESS, "");
        }
        replies.addAll(candidates.ask(first, count, cancellation));
      }
      var usable = usable();
      if (usable.isEmpty()) {
        return ordinary(ordinary);
      }
      if (usable.size() == 1) {
        return chosen(usable.getFirst(), How.SURVIVED, "");
      }
      var words = usable.stream().map(this::words).toList();
      return words.stream().distinct().count() == 1
          ? chosen(usable.getFirst(), How.AGREED, "")
          : judged(usable, words);
    }

    private ModelReply one(int candidate, CancellationToken stopping) throws InterruptedException {
      var ears = new Ears("candidate " + (candidate + 1), candidate);
      var reply = reply(request, ears, stopping);
      if (reply instanceof Completed whole) {
        costs.charge(whole.usage());
        paid.add(whole.usage());
      }
      return reply;
    }

    private boolean changes(Completed reply) {
      return reply.content().stream()
          .filter(Content.ToolCall.class::isInstance)
          .map(Content.ToolCall.class::cast)
          .map(DeferredTools::meant)
          .anyMatch(means.mutates());
    }

    private List<Integer> usable() {
      var usable = new ArrayList<Integer>();
      for (int i = 0; i < replies.size(); i++) {
        if (isUsable(replies.get(i))) {
          usable.add(i);
        }
      }
      return usable;
    }

    private String words(int candidate) {
      return replies.get(candidate) instanceof Completed(var content, _, _)
          ? Words.of(content)
          : "";
    }

    private Sampled judged(List<Integer> usable, List<String> words) throws InterruptedException {
      var ears = new Ears("the judge", AgentEvent.CandidateHeard.JUDGE);
      var verdict = judge.judge(request, words, ears, this::judgePaid, cancellation);
      return switch (verdict) {
        case Judge.Verdict.Chosen(var place, var reason) ->
            chosen(usable.get(place), How.JUDGED, reason);
        case Judge.Verdict.Missing(var why) -> chosen(usable.getFirst(), How.UNJUDGED, why);
      };
    }

    private void judgePaid(TokenUsage usage) {
      costs.charge(usage);
      paid.add(usage);
      judging.add(usage);
    }

    private Sampled chosen(int candidate, How how, String reason) {
      var reply = (Completed) replies.get(candidate);
      return new Sampled(reply, choice(candidate, how, reason));
    }

    private Choice choice(int chosen, How how, String reason) {
      var candidates = replies.stream().map(MaxStep::candidate).toList();
      return new Choice(mode.candidates(), candidates, chosen, how, reason, judging);
    }

    /// Nobody came through: the step is asked for like any other, and what that says stands.
    private Sampled ordinary(ModelRequest step) throws InterruptedException {
      var most = costs.maxOutputTokens(means.estimate().intake(step));
      if (isNothing(most) || !costs.exhausted().isEmpty()) {
        return Sampled.plain(
            new Faulted("budget", "no candidate is of use, and what is left pays for no other"));
      }
      return switch (reply(step.within(most), new Ears("the ordinary step", 0), cancellation)) {
        case Faulted fault -> Sampled.plain(fault);
        case Completed reply -> {
          costs.charge(reply.usage());
          yield new Sampled(reply, choice(Choice.NONE, How.ORDINARY, ""));
        }
      };
    }
  }

  /// Hears a request whose words are not shown: that it goes on is all there is to tell.
  private final class Ears implements StreamListener {

    private final String name;
    private final int candidate;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Long told;

    Ears(String name, int candidate) {
      this.name = name;
      this.candidate = candidate;
    }

    @Override
    public void text(String delta) {
      heard();
    }

    @Override
    public void reasoning(String delta) {
      heard();
    }

    private void heard() {
      if (isDue(means.nanos().getAsLong())) {
        events.accept(new AgentEvent.CandidateHeard(candidate));
      }
    }

    private boolean isDue(long now) {
      lock.lock();
      try {
        boolean due = told == null || now - told >= GuardLimits.CANDIDATE_HEARD_MILLIS * 1_000_000L;
        told = due ? Long.valueOf(now) : told;
        return due;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void restarted(String reason, java.time.Duration delay) {
      events.accept(
          new AgentEvent.Notice(
              "candidate_again",
              "%s is asked again in %d ms: %s".formatted(name, delay.toMillis(), reason)));
    }
  }
}
