package mimo.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.AgentEvent;
import mimo.agent.Conversation;
import mimo.agent.ConversationBudget;
import mimo.agent.TurnOutcome;
import mimo.agent.TurnReversal;
import mimo.agent.goal.Goal;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.permission.Approver;
import mimo.agent.question.Asker;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.session.SessionFact.Usual;
import mimo.agent.session.SessionUse;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.cli.error.CommandException;
import mimo.cli.extension.CommandFiles;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// Sessions that belong to no run: what is said to an agent on the command line, turn by turn. What
/// cannot be done is a [mimo.cli.error.CommandException] with a name of the error table.
public interface SessionDesk {

  /// Opens a session for what is ordered.
  Talk begin(Order order) throws InterruptedException;

  /// What the model is called that `reference` means here; null asks for the usual one.
  String model(@Nullable String reference);

  /// What Max Mode is where nobody says more about it.
  default MaxMode max() {
    return MaxMode.USUAL;
  }

  /// The prompts that have names in this folder; what is asked may begin with one.
  default CommandFiles commands() {
    return CommandFiles.NONE;
  }

  /// All sessions, the one used last first.
  List<Line> list();

  /// The one session whose id begins with `prefix`.
  Line find(String prefix);

  /// Everything that was said in a session.
  List<SessionEntry> said(SessionId id);

  /// Every reply in every session; those of a session that cannot be read are left out.
  List<SessionUse> uses();

  /// A new session with everything that was said in this one.
  SessionId fork(SessionId id) throws InterruptedException;

  /// Writes all of a session into one file, cleaned by every rule there is.
  ///
  /// @param file is replaced; null for one named after the session, in this folder
  Exported export(SessionId id, @Nullable Path file);

  /// Takes a session out of such a file into the store.
  ///
  /// @return its id, which is another one if its own was taken
  SessionId take(Path file);

  /// Removes sessions for good, bytes and all.
  void remove(List<SessionId> ids);

  /// The session that goes on if somebody speaks to this one now. Whoever begins anew, or in a
  /// copy, has none yet.
  SessionId meant(From from);

  /// Takes turns of a session back, files and words. What they have left running ends.
  ///
  /// @param first with all turns after it; empty for the last one
  TurnReversal.Outcome.Done undo(SessionId id, OptionalInt first, Others others)
      throws InterruptedException;

  /// Has the turn again that was taken back, the earliest first.
  TurnReversal.Outcome.Done redo(SessionId id, Others others) throws InterruptedException;

  /// A session has no goal from here on.
  ///
  /// @return whether it had one
  default boolean clearGoal(SessionId id) throws InterruptedException {
    throw new CommandException("not_available", "there are no goals here");
  }

  /// From the next turn on, the model of a session is told what is known of the work in place of
  /// what was said (K16).
  ///
  /// @param order whose session; nothing is asked in it
  /// @return nothing if that would make it no shorter
  Optional<Rebuilt> rebuild(Order order) throws InterruptedException;

  /// Whether something that worked in the background has ended and the session's agent was not
  /// told; never while a turn is had.
  boolean hasNews(SessionId id);

  /// Ends what agents have left running in the background.
  void leave();

  /// What the user wants an agent to do.
  ///
  /// @param model null for the session's own, or the usual one
  /// @param agent null for the session's own, or the usual one
  /// @param schema the shape of the answer, as JSON text; null for text
  /// @param files given along with the prompt
  /// @param maxTurns requests to the model
  /// @param budget the most to spend
  /// @param prompt empty to go on with what was asked last
  /// @param company who is there
  /// @param goal what becomes of the goal; null if it stays as it is
  /// @param max how many candidates each step has; null for one
  record Order(
      From from,
      @Nullable String model,
      @Nullable String agent,
      @Nullable String schema,
      List<String> files,
      int maxTurns,
      ConversationBudget budget,
      String prompt,
      Company company,
      @Nullable GoalOrder goal,
      @Nullable MaxMode max) {
    public Order {
      files = List.copyOf(files);
    }

    /// One that leaves the goal as it is, and whose steps have one candidate each.
    public Order(
        From from,
        @Nullable String model,
        @Nullable String agent,
        @Nullable String schema,
        List<String> files,
        int maxTurns,
        ConversationBudget budget,
        String prompt,
        Company company) {
      this(from, model, agent, schema, files, maxTurns, budget, prompt, company, null, null);
    }
  }

  /// Who is there while an agent works.
  ///
  /// @param approver is asked for permissions
  /// @param asker is asked what the agent wants to know
  /// @param listener hears of what works for the agent, also while the agent itself does not
  /// @param nanos the monotonic clock of the agent's time, which stands still while anybody is
  ///   asked
  record Company(
      Approver approver, Asker asker, Consumer<AgentEvent> listener, LongSupplier nanos) {

    /// Nobody.
    public static final Company NONE = new Company(Approver.nobody(), Asker.nobody());

    /// Somebody who hears of nothing but questions.
    public Company(Approver approver, Asker asker) {
      this(approver, asker, _ -> {}, System::nanoTime);
    }
  }

  /// What becomes of the goal of a session.
  sealed interface GoalOrder {

    record Wanted(Goal goal) implements GoalOrder {}

    /// There is to be none any more.
    record Cleared() implements GoalOrder {}
  }

  /// Which session.
  sealed interface From {

    /// A new one.
    record Anew() implements From {}

    /// The one used last in this folder.
    record Latest(Manner manner) implements From {}

    /// @param prefix the first digits of its id
    record Named(String prefix, Manner manner) implements From {}
  }

  /// How a session goes on.
  enum Manner {
    ITSELF,
    /// In a copy; the session stays as it is.
    IN_A_FORK
  }

  /// A session that is open.
  interface Talk extends AutoCloseable {

    SessionId id();

    String agent();

    /// `provider/id`.
    String model();

    boolean offline();

    /// Who goes on with the session once a command is done that has it had by somebody else; null
    /// if nobody else has it.
    default @Nullable Usual usual() {
      return null;
    }

    /// Asks what is ordered, or goes on with what was asked last.
    TurnOutcome turn(CancellationToken cancellation, Consumer<AgentEvent> events)
        throws InterruptedException;

    /// Goes on with a turn that has no answer.
    TurnOutcome goOn(CancellationToken cancellation, Consumer<AgentEvent> events)
        throws InterruptedException;

    /// What this process has spent in it.
    Conversation.Spent spent();

    @Override
    void close();
  }

  /// One session, seen from afar.
  ///
  /// @param workspace the folder it is had in
  /// @param title the beginning of what was asked first
  /// @param turns how often something was asked
  /// @param parent the session it is a fork of; null if it is none
  /// @param state `open` while some process writes it, else `idle` or `damaged`
  record Line(
      SessionId id,
      String workspace,
      String title,
      Instant opened,
      Instant used,
      long turns,
      @Nullable SessionId parent,
      String state) {}

  /// A session in a file.
  record Exported(Path file, long bytes) {}

  /// The state of a session that some process writes.
  String OPEN = "open";

  /// A line about the session that was used last in a folder, if there is one.
  static Optional<Line> latestIn(String workspace, List<Line> lines) {
    return lines.stream()
        .filter(line -> line.workspace().equals(workspace) && !line.state().equals("damaged"))
        .findFirst();
  }
}
