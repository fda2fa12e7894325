package mimo.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import mimo.agent.estimate.TokenEstimators;
import mimo.agent.goal.GoalLedger;
import mimo.agent.history.History;
import mimo.agent.history.HistoryTool;
import mimo.agent.json.Json;
import mimo.agent.memory.Heard;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryLayout;
import mimo.agent.memory.MemorySearch;
import mimo.agent.memory.MemoryTool;
import mimo.agent.memory.Recall;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.rebuild.Knowledge;
import mimo.agent.rebuild.OwnRebuilding;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.GoalFact;
import mimo.agent.session.SessionAbout;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.task.TaskTool;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.CountingModel;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionEntry;
import mimo.engine.redaction.Redactor;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;

/// A task of many turns, in which facts are said that matter later: by the user, by tools, by the
/// agent, and in the paths it works on. Confined to one thread.
final class LongTask {

  static final int TURNS = 208;
  static final int WINDOW = 16_000;

  /// The turn before which a goal is set.
  static final int GOAL = 10;

  private static final List<String> COLOURS =
      List.of("amber", "cobalt", "crimson", "ivory", "jade", "ochre", "scarlet", "teal");
  private static final List<String> THINGS =
      List.of(
          "anchor", "beacon", "cellar", "dynamo", "easel", "funnel", "gantry", "harbour", "lantern",
          "magnet", "orchard", "pulley", "quarry");

  /// What kind of fact it is, and how somebody asks for it later.
  enum Kind {
    CONSTRAINT("What must never be done with the %s?"),
    LITERAL("Which port does the %s listen on?"),
    DECISION("What did we decide to use for the %s?"),
    PATH("Which file holds the %s?");

    private final String question;

    Kind(String question) {
      this.question = question;
    }
  }

  /// Something that is said once.
  ///
  /// @param value what whoever knows it can tell
  record Fact(int turn, Kind kind, String subject, String value) {

    String question() {
      return kind.question.formatted(subject);
    }

    /// The words in which it is said.
    String words() {
      return switch (kind) {
        case CONSTRAINT ->
            "You must never " + value + " the " + subject + ", since it breaks billing.";
        case LITERAL -> "the " + subject + " listens on port " + value;
        case DECISION -> "I decided to use " + value + " for the " + subject + ", not a queue.";
        case PATH -> value;
      };
    }
  }

  private final List<Fact> facts = facts();
  private final Map<Integer, Fact> byTurn;
  private final InMemoryJournal.Disk disk = new InMemoryJournal.Disk();
  private final Random ids = new Random(5);
  private final Memory memory;
  private final MemorySearch search;
  private final List<String> deeds = new ArrayList<>();
  private final CountingModel model = new CountingModel(WINDOW, this::reply);
  private Knowing knowing = (_, _) -> Knowledge.NOTHING;
  private Consumer<ModelRequest> watcher = _ -> {};
  private Supplying supplying = _ -> TurnWatch.NOBODY;
  private UnaryOperator<Resolution.Resolved> casting = UnaryOperator.identity();
  private SessionId session = new SessionId("000000000000");
  private boolean managed;

  /// Makes what is known of a session.
  interface Knowing {
    Knowledge of(Memory memory, String session);
  }

  LongTask(Path folder) {
    var byTurn = new java.util.HashMap<Integer, Fact>();
    facts.forEach(fact -> byTurn.put(fact.turn(), fact));
    this.byTurn = Map.copyOf(byTurn);
    this.memory =
        new Memory(
            new MemoryLayout(folder.resolve("memory"), "shop-12345678", null),
            InstantSource.fixed(java.time.Instant.EPOCH),
            new Random(3),
            _ -> Redactor.NONE,
            Memory.Writing.ON);
    this.search = new MemorySearch(memory, folder.resolve("cache/index.db"));
  }

  LongTask knowing(Knowing how) {
    knowing = how;
    return this;
  }

  /// The same with work items and a goal.
  LongTask withTasksAndGoal() {
    managed = true;
    return this;
  }

  LongTask watchedBy(Consumer<ModelRequest> other) {
    watcher = other;
    return this;
  }

  /// Makes who looks on in a life.
  interface Supplying {
    TurnWatch of(Memory memory);
  }

  /// @param watch looks on while the agent works
  /// @param cast who is asked in place of the model
  LongTask lookedOnBy(Supplying watch, UnaryOperator<Resolution.Resolved> cast) {
    supplying = watch;
    casting = cast;
    return this;
  }

  CountingModel model() {
    return model;
  }

  List<String> deeds() {
    return List.copyOf(deeds);
  }

  List<Fact> allFacts() {
    return facts;
  }

  /// As many of each kind, one in every second turn.
  private static List<Fact> facts() {
    var random = new Random(11);
    var facts = new ArrayList<Fact>();
    var kinds = Kind.values();
    for (int turn = 1; turn <= TURNS; turn += 2) {
      int number = facts.size();
      var subject =
          COLOURS.get(number % COLOURS.size()) + " " + THINGS.get(number / COLOURS.size());
      var kind = kinds[number % kinds.length];
      var value =
          switch (kind) {
            case CONSTRAINT ->
                List.of("rename", "restart", "copy", "truncate").get(number / 4 % 4)
                    + " or v"
                    + number;
            case LITERAL -> Integer.toString(20_000 + random.nextInt(40_000));
            case DECISION -> "scheme-" + Integer.toHexString(random.nextInt(1 << 20));
            case PATH ->
                "src/" + subject.replace(' ', '/') + "/Holder" + random.nextInt(9_999) + ".java";
          };
      facts.add(new Fact(turn, kind, subject, value));
    }
    return List.copyOf(facts);
  }

  private boolean plants(int turn, Kind kind) {
    var fact = byTurn.get(turn);
    return fact != null && fact.kind() == kind;
  }

  private Fact at(int turn) {
    return Objects.requireNonNull(byTurn.get(turn));
  }

  private String planted(int turn, Kind kind) {
    return plants(turn, kind) ? at(turn).words() : "";
  }

  /// What the user says in a turn.
  String prompt(int turn) {
    return ("Please do turn "
            + turn
            + " of the migration. "
            + "Look at it the way we did before. ".repeat(4)
            + planted(turn, Kind.CONSTRAINT))
        .strip();
  }

  /// It makes one step in each turn, and says so.
  private List<Content> reply(ModelRequest request) {
    watcher.accept(request);
    int turn = turnOf(request.messages());
    if (request.messages().getLast() instanceof Message.Tools) {
      return List.of(
          new Content.Text(("Turn " + turn + " is done. " + planted(turn, Kind.DECISION)).strip()));
    }
    var path = plants(turn, Kind.PATH) ? at(turn).value() : "src/Step" + turn + ".java";
    var why = plants(turn, Kind.PATH) ? "it holds the " + at(turn).subject() : "as usual";
    var arguments = Json.object().put("at", turn + " in the file " + path + ": " + why);
    var step = new Content.ToolCall("step" + turn, "step", Json.write(arguments));
    return managed && turn % 4 != 0 ? List.of(step, tasked(turn)) : List.of(step);
  }

  /// Each four turns have one work item: it is created, begun, and done.
  private static Content.ToolCall tasked(int turn) {
    var id = "T" + (turn / 4 + 1);
    var what =
        switch (turn % 4) {
          case 1 -> Json.object().put("action", "create").put("title", "turns from " + turn);
          case 2 -> Json.object().put("action", "start").put("id", id);
          default -> Json.object().put("action", "done").put("id", id);
        };
    return new Content.ToolCall("task" + turn, "task", Json.write(what));
  }

  private static int turnOf(List<Message> messages) {
    for (var message : messages.reversed()) {
      if (message instanceof Message.User(var text) && text.contains("do turn ")) {
        int at = text.lastIndexOf("do turn ") + "do turn ".length();
        return Integer.parseInt(text.substring(at, text.indexOf(' ', at)));
      }
    }
    throw new AssertionError("nobody asks for anything");
  }

  Tool step() {
    return LoopStage.tool(
        "step",
        ToolSpec.Effect.CHANGES,
        (input, _) -> {
          int turn = Integer.parseInt(input.path("at").asText().split(" ", -1)[0]);
          deeds.add("step" + turn);
          return "log: nothing of interest was found in it\n".repeat(20)
              + planted(turn, Kind.LITERAL)
              + "\n"
              + "log: all is as it was before\n".repeat(16)
              + "step "
              + turn;
        });
  }

  /// What is on the disk.
  List<SessionEntry> entries() {
    return sessions(Integer.MAX_VALUE).keeper().read(session);
  }

  /// How many records a life would have written that was had again from the start.
  int records() {
    return sessions(Integer.MAX_VALUE).keeper().read(session).size();
  }

  private Sessions sessions(int cut) {
    return new Sessions(
        () -> new InMemoryJournal(disk, cut),
        _ -> Redactor.NONE,
        _ -> Redactor.NONE,
        new ManualClock(),
        ids);
  }

  /// One life of the program.
  final class Life implements AutoCloseable {
    private final Sessions store;
    private final OwnSession own;
    final ConversationRecord record;
    final Conversation conversation;

    /// @param cut the record at which it is killed
    Life(int cut) throws InterruptedException {
      store = sessions(cut);
      boolean first = store.keeper().list().isEmpty();
      own = first ? store.create(SessionAbout.of("/w", "a task").json()) : store.open(session);
      session = own.id();
      record = ConversationRecord.open(own);
      var setup =
          new ConversationSetup(
              "build",
              casting.apply(model.resolved(WINDOW)),
              "You are mimo.",
              tools().watchedBy(supplying.of(memory)),
              Authorities.everything());
      var rebuilding =
          new Rebuilding(
              OptionalLong.empty(), new TokenEstimators(), name -> knowing.of(memory, name));
      conversation =
          new Conversation(
              record,
              setup,
              new Conversation.Backing(
                  Recall.NOTHING, null, new OwnRebuilding(rebuilding, session.value())),
              () -> 0);
    }

    private Toolbox tools() {
      return Toolbox.of(
          List.of(
              step(),
              TaskTool.after(List.of(), record.facts()),
              new MemoryTool(memory, search, owner()),
              new HistoryTool(history(), owner())));
    }

    /// Has turns up to this one, after those it has had.
    void turns(int last) throws InterruptedException {
      if (record.unanswered().isPresent()) {
        var _ = conversation.goOn(CancellationToken.never(), _ -> {});
      }
      for (int turn = record.asked().size() + 1; turn <= last; turn++) {
        pursue(turn);
        var outcome =
            conversation.turn(new Asked(prompt(turn)), CancellationToken.never(), _ -> {});
        if (outcome instanceof TurnOutcome.Interrupted) {
          return;
        }
        if (!(outcome instanceof TurnOutcome.Answered)) {
          throw new AssertionError("turn " + turn + ": " + outcome);
        }
      }
    }

    /// The user sets a goal, and later it is judged once.
    private void pursue(int turn) throws InterruptedException {
      var goal = GoalLedger.of(record.facts());
      if (managed && turn >= GOAL && goal.goal() == null) {
        var check = new GoalFact.Check.Exists("done.txt");
        var _ =
            record.ofGoal(
                new GoalFact.Set(
                    "every turn is done",
                    List.of(check),
                    GoalFact.By.USER,
                    GoalFact.Tests.FREE,
                    12,
                    List.of(),
                    null));
      } else if (managed && turn >= 2 * GOAL && goal.last() == null) {
        var _ =
            record.ofGoal(
                new GoalFact.Ruled(
                    GoalFact.State.NOT_MET,
                    "turns are left",
                    List.of(),
                    true,
                    List.of(),
                    1,
                    12,
                    null,
                    null,
                    TokenUsage.NONE,
                    null));
      }
    }

    @Override
    public void close() {
      try (store) {
        own.close();
      }
    }
  }

  private MemoryTool.Owner owner() {
    return new MemoryTool.Owner(session.value(), () -> 1, Heard.before(List.of(), List.of()));
  }

  private History history() {
    return new History(() -> sessions(Integer.MAX_VALUE), "/w");
  }

  /// Whether somebody who is sent this knows a fact, or finds it with one search that has the words
  /// of the question and no others.
  boolean knows(ModelRequest request, Fact fact) throws InterruptedException {
    return isIn(request.messages(), fact) || finds(fact);
  }

  static boolean isIn(List<Message> messages, Fact fact) {
    var all = messages.toString();
    return all.contains(fact.value());
  }

  private boolean finds(Fact fact) throws InterruptedException {
    var input = Json.object().put("action", "search").put("query", fact.question());
    return answer(new HistoryTool(history(), owner()), input).contains(fact.value())
        || answer(new MemoryTool(memory, search, owner()), input).contains(fact.value());
  }

  private static String answer(Tool tool, ObjectNode input) throws InterruptedException {
    return tool.run(input, CancellationToken.never()).text();
  }

  /// How many facts of each kind there are.
  Map<Kind, Long> kinds() {
    var count = new EnumMap<Kind, Long>(Kind.class);
    Arrays.stream(Kind.values())
        .forEach(
            kind -> count.put(kind, facts.stream().filter(fact -> fact.kind() == kind).count()));
    return count;
  }

  void close() {
    search.close();
  }
}
