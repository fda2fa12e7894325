package mimo.cli.chat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.Conversation;
import mimo.agent.ConversationBudget;
import mimo.agent.TurnOutcome;
import mimo.agent.TurnReversal;
import mimo.agent.goal.Goal;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.cli.command.SessionDesk;
import mimo.cli.command.SessionDesk.Company;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.SessionDesk.GoalOrder;
import mimo.cli.command.SessionDesk.Manner;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.terminal.Figures;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;
import org.jspecify.annotations.Nullable;

/// An agent in a session of this machine's store, which is opened for each turn and free in
/// between. Thread-safe: turns come from one thread, wishes and the status line from another.
final class DeskPartner implements Partner {

  private final SessionDesk desk;
  private final Company company;
  private final ReentrantLock lock = new ReentrantLock();
  private From from;
  private @Nullable SessionId session;
  private String agent;
  private String model;
  private @Nullable String wantedModel;
  private @Nullable String wantedAgent;
  private @Nullable GoalOrder wantedGoal;
  private @Nullable MaxMode max;
  private long input;
  private long output;
  private @Nullable Long microUsd = 0L;

  /// @param model what the model is called, if a session is not going to say so
  /// @param company who can be asked
  DeskPartner(SessionDesk desk, Company company, From from, String model) {
    this.desk = desk;
    this.company = company;
    this.from = from;
    this.agent = "build";
    this.model = model;
  }

  @Override
  public TurnOutcome say(String text, CancellationToken cancellation, Consumer<AgentEvent> events)
      throws InterruptedException {
    var order = order(text);
    try (var talk = desk.begin(order)) {
      begun(talk);
      try {
        var outcome = talk.turn(cancellation, events);
        if (outcome instanceof TurnOutcome.Failed(var code, _, _)
            && code.equals("prompt_refused")) {
          wantAgain(order);
        }
        return outcome;
      } finally {
        spent(talk.spent());
        handBack(talk);
      }
    }
  }

  @Override
  public boolean hasNews() {
    var known = session();
    return known != null && desk.hasNews(known);
  }

  private Order order(String text) {
    lock.lock();
    try {
      return new Order(
          from,
          wantedModel,
          wantedAgent,
          null,
          List.of(),
          AgentLimits.TURNS,
          ConversationBudget.NONE,
          text,
          company,
          wantedGoal,
          max);
    } finally {
      lock.unlock();
    }
  }

  /// From here on the session itself knows who works in it.
  private void begun(SessionDesk.Talk talk) {
    lock.lock();
    try {
      session = talk.id();
      from = new From.Named(talk.id().value(), Manner.ITSELF);
      agent = talk.agent();
      model = talk.model();
      wantedModel = null;
      wantedAgent = null;
      wantedGoal = null;
    } finally {
      lock.unlock();
    }
  }

  /// A turn that hooks refuse is not written down, nor who was wanted for it, nor a session that
  /// would have begun with it.
  private void wantAgain(Order order) {
    lock.lock();
    try {
      wantedAgent = wantedAgent == null ? order.agent() : wantedAgent;
      wantedModel = wantedModel == null ? order.model() : wantedModel;
      wantedGoal = wantedGoal == null ? order.goal() : wantedGoal;
      if (order.from() instanceof From.Anew) {
        from = order.from();
        session = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /// A command has the session by whom it wants, and only for its own turn. The session itself
  /// knows who goes on.
  private void handBack(SessionDesk.Talk talk) {
    var usual = talk.usual();
    if (usual == null) {
      return;
    }
    lock.lock();
    try {
      agent = wantedAgent == null ? usual.agent() : wantedAgent;
      model = wantedModel == null ? usual.model() : wantedModel;
    } finally {
      lock.unlock();
    }
  }

  private void spent(Conversation.Spent spent) {
    lock.lock();
    try {
      input += spent.usage().input();
      output += spent.usage().output();
      microUsd = microUsd == null || spent.microUsd() == null ? null : microUsd + spent.microUsd();
    } finally {
      lock.unlock();
    }
  }

  /// Takes turns back, files and words.
  ///
  /// @param first with all turns after it; empty for the last one
  TurnReversal.Outcome.Done undo(OptionalInt first, Others others) throws InterruptedException {
    return desk.undo(desk.meant(from()), first, others);
  }

  /// Has the turn again that was taken back.
  TurnReversal.Outcome.Done redo(Others others) throws InterruptedException {
    return desk.redo(desk.meant(from()), others);
  }

  /// What the agent works towards from the next turn on.
  void pursue(Goal goal) {
    lock.lock();
    try {
      wantedGoal = new GoalOrder.Wanted(goal);
    } finally {
      lock.unlock();
    }
  }

  /// There is no goal from here on.
  ///
  /// @return whether there was one
  boolean clearGoal() throws InterruptedException {
    boolean wanted;
    SessionId known;
    lock.lock();
    try {
      wanted = wantedGoal != null;
      wantedGoal = null;
      known = session;
    } finally {
      lock.unlock();
    }
    return (known != null && desk.clearGoal(known)) || wanted;
  }

  /// Has the conversation go on from what is known of it.
  ///
  /// @return nothing if it is as short as that already
  Optional<Rebuilt> rebuild() throws InterruptedException {
    return desk.rebuild(order(""));
  }

  private From from() {
    lock.lock();
    try {
      return from;
    } finally {
      lock.unlock();
    }
  }

  /// What is said next begins a session.
  void anew() {
    lock.lock();
    try {
      from = new From.Anew();
      session = null;
      wantedModel = model;
      wantedAgent = agent;
      input = 0;
      output = 0;
      microUsd = 0L;
    } finally {
      lock.unlock();
    }
  }

  /// Who thinks from the next turn on.
  ///
  /// @param reference `provider/id`
  void think(String reference) {
    lock.lock();
    try {
      wantedModel = reference;
      model = reference;
    } finally {
      lock.unlock();
    }
  }

  /// How many candidates each step has from the next turn on; null for one.
  void max(@Nullable MaxMode mode) {
    lock.lock();
    try {
      max = mode;
    } finally {
      lock.unlock();
    }
  }

  /// Which agent works from the next turn on.
  void work(String name) {
    lock.lock();
    try {
      wantedAgent = name;
      agent = name;
    } finally {
      lock.unlock();
    }
  }

  /// The session that is being had; null before the first turn.
  @Nullable SessionId session() {
    lock.lock();
    try {
      return session;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String standing() {
    lock.lock();
    try {
      var spent =
          input + output == 0
              ? ""
              : "  " + Figures.tokens(input) + " in, " + Figures.tokens(output) + " out";
      var money = microUsd == null || microUsd == 0 ? "" : "  " + Figures.dollars(microUsd);
      var id = session == null ? "  new session" : "  session " + session;
      var mode = max == null ? "" : "  max " + max.candidates();
      return agent + "  " + model + mode + spent + money + id;
    } finally {
      lock.unlock();
    }
  }
}
