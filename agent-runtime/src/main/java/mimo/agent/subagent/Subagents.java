package mimo.agent.subagent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;
import mimo.agent.AgentLimits;
import mimo.agent.message.Content;
import mimo.agent.provider.Resolution;
import mimo.agent.session.SessionAbout;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.agent.subagent.Subagent.Ended;
import mimo.agent.subagent.Subagent.Identity;
import mimo.agent.subagent.Subagent.Standing;
import mimo.agent.subagent.Subagent.Task;
import mimo.agent.tool.Arrivals;
import mimo.agent.tool.DeferredTools;
import mimo.engine.SessionId;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// The subagents of one session. They outlive its turns, and end with this. Thread-safe.
///
/// Each is a session of its own before it begins, which names its parent: so a later process finds
/// it, and tells what of its answers was not told (A51).
public final class Subagents implements Arrivals, AutoCloseable {

  private final SessionId parent;
  private final Workplace place;
  private final Sessions sessions;
  private final Runnable closing;
  private final Consumer<AgentEvent> listener;

  /// Held while one begins, which writes to the store.
  private final ReentrantLock beginning = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Subagent> known = new LinkedHashMap<>();
  private final List<Arrival> due = new ArrayList<>();
  private int names;

  /// Who is to begin.
  ///
  /// @param agent which agent
  /// @param model who thinks; null for whom the agent names, or else the parent's
  /// @param parents the parent's model: `provider/id`
  /// @param manner how its first answer is told
  record Order(String agent, @Nullable String model, String parents, Manner manner) {}

  /// How an answer is told.
  enum Manner {
    /// To whoever waits for it.
    AWAITED,
    /// It comes in by itself.
    BACKGROUND
  }

  /// What became of an order.
  sealed interface Begun {
    record Working(Subagent agent) implements Begun {}

    record Refused(String why) implements Begun {}
  }

  private Subagents(
      SessionId parent,
      Workplace place,
      Sessions sessions,
      Runnable closing,
      Consumer<AgentEvent> listener) {
    this.parent = parent;
    this.place = place;
    this.sessions = sessions;
    this.closing = closing;
    this.listener = listener;
  }

  /// Those of a session, and what earlier processes left of them.
  ///
  /// @param recorded what was written down in the session
  /// @param sessions the store; closed with this
  /// @param listener hears that one has ended, whether the parent works or not; thread-safe
  public static Subagents of(
      SessionId parent,
      List<SessionFact> recorded,
      Workplace place,
      Sessions sessions,
      Consumer<AgentEvent> listener) {
    return with(new Subagents(parent, place, sessions, sessions::close, listener), recorded);
  }

  /// Those of a subagent, which are told to it alone.
  ///
  /// @param sessions the store of whoever it belongs to
  static Subagents below(
      Identity parent, List<SessionFact> recorded, Workplace place, Sessions sessions) {
    var all = new Subagents(parent.session(), place.below(), sessions, () -> {}, _ -> {});
    return with(all, recorded);
  }

  private static Subagents with(Subagents all, List<SessionFact> recorded) {
    if (recorded.stream().anyMatch(Subagents::callsForOne)) {
      EarlierSubagents.of(all.parent, recorded, all.sessions.keeper()).forEach(all::add);
    }
    return all;
  }

  private static boolean callsForOne(SessionFact fact) {
    return fact instanceof TurnReceived turn
        && turn.content().stream()
            .anyMatch(piece ->
                piece instanceof Content.ToolCall call
                    && DeferredTools.meant(call).tool().equals(SubagentTool.NAME));
  }

  private void add(EarlierSubagents.Left left) {
    var who = left.who();
    var agent = new Subagent(who, new OwnTurns(who, place, sessions), left.turns(), left.state());
    known.put(who.name(), agent);
    names = Math.max(names, EarlierSubagents.number(who.name()));
    left.untold().stream().map(Told::arrival).forEach(due::add);
  }

  Workplace place() {
    return place;
  }

  /// Begins one.
  Begun begin(Order order, Task task) throws InterruptedException {
    var definition = place.agents().get(order.agent());
    if (definition == null) {
      return new Begun.Refused(
          "there is no agent '"
              + order.agent()
              + "'; there are "
              + String.join(", ", place.names()));
    }
    var preferred = definition.model() == null ? order.parents() : definition.model();
    var asked = order.model() == null ? preferred : order.model();
    return switch (place.models().resolve(asked, order.parents())) {
      case Resolution.Unresolved(var code, var message) -> new Begun.Refused(code + ": " + message);
      case Resolution.Resolved model -> begin(order, task, model.reference());
    };
  }

  private Begun begin(Order order, Task task, String model) throws InterruptedException {
    beginning.lockInterruptibly();
    try {
      var refusal = refusal();
      if (refusal.isPresent()) {
        return new Begun.Refused(refusal.get());
      }
      if (all().size() >= AgentLimits.SUBAGENTS_KNOWN) {
        return new Begun.Refused(
            "this session had " + AgentLimits.SUBAGENTS_KNOWN + " subagents; send one something");
      }
      var who = kept(order, task, model);
      var agent = new Subagent(who, new OwnTurns(who, place, sessions), 0, "new");
      lock.lock();
      try {
        known.put(who.name(), agent);
      } finally {
        lock.unlock();
      }
      agent.ask(task);
      return new Begun.Working(agent);
    } finally {
      beginning.unlock();
    }
  }

  /// Why nobody may begin to work; empty if one may.
  Optional<String> refusal() {
    boolean crowded = all().stream().filter(Subagent::works).count() >= AgentLimits.SUBAGENTS;
    return crowded
        ? Optional.of(AgentLimits.SUBAGENTS + " subagents work already; wait for one, or cancel it")
        : Optional.empty();
  }

  /// Durable before anybody is told of it.
  private Identity kept(Order order, Task task, String model) throws InterruptedException {
    var name = "A" + ++names;
    var child =
        new SessionAbout.Child(
            parent.value(), name, order.agent(), model, order.manner() == Manner.BACKGROUND);
    var title = order.agent() + " " + name + " of " + parent + ": " + task.prompt();
    var about = SessionAbout.of(place.folder().toString(), title).with(child);
    try (var session = sessions.create(about.json())) {
      session.keep();
      return new Identity(name, order.agent(), model, session.id());
    }
  }

  /// The answer comes in by itself.
  void arrive(Ended ended) {
    var arrival = Told.arrival(ended);
    lock.lock();
    try {
      due.add(arrival);
    } finally {
      lock.unlock();
    }
    var who = ended.who();
    listener.accept(
        new AgentEvent.Notice(
            "subagent_ended",
            "%s (%s) has ended: %s"
                .formatted(who.name(), who.agent(), Subagent.state(ended.outcome()))));
  }

  @Override
  public boolean areDue() {
    lock.lock();
    try {
      return !due.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Arrival> take() {
    lock.lock();
    try {
      var taken = List.copyOf(due);
      due.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  Optional<Subagent> find(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(known.get(name));
    } finally {
      lock.unlock();
    }
  }

  List<Subagent> all() {
    lock.lock();
    try {
      return List.copyOf(known.values());
    } finally {
      lock.unlock();
    }
  }

  /// How each of them stands (A75).
  List<Standing> standings() {
    return all().stream().map(Subagent::standing).toList();
  }

  /// Stops all that work. What they said is kept, and what was not told is told by a later process.
  @Override
  public void close() {
    all().forEach(Subagent::stop);
    all().forEach(Subagent::leave);
    closing.run();
  }
}
