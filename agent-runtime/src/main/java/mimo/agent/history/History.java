package mimo.agent.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import mimo.agent.AgentLimits;
import mimo.agent.history.Said.Told;
import mimo.agent.memory.Heard;
import mimo.agent.memory.index.WordMatch;
import mimo.agent.session.SessionAbout;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.session.SessionKeeper;
import mimo.engine.session.SessionSummary;
import mimo.engine.session.Sessions;
import org.jspecify.annotations.Nullable;

/// Everything that was said in the sessions of one workspace. Thread-safe; the store is opened for
/// each question.
public final class History {

  private final Supplier<Sessions> sessions;
  private final String workspace;

  /// @param sessions opens the store
  /// @param workspace the folder whose sessions count, free of links
  public History(Supplier<Sessions> sessions, String workspace) {
    this.sessions = sessions;
    this.workspace = workspace;
  }

  /// What is looked for; null wherever anything will do.
  ///
  /// @param session the beginning of its id
  record Wish(
      String query,
      @Nullable String session,
      @Nullable String kind,
      @Nullable String tool,
      @Nullable Instant after,
      @Nullable Instant before) {

    /// What looked back is found only if it is asked for: it has the words of each search.
    boolean takes(Said said) {
      return (tool != null || !Heard.isLookingBack(said.tool()))
          && (kind == null || said.kind().equals(kind))
          && (tool == null || said.tool().equals(tool))
          && (after == null || !said.at().isBefore(after))
          && (before == null || !said.at().isAfter(before));
    }
  }

  /// Something that fits, and how well.
  record Fitting(Said said, double fit) {}

  /// What fits a wish, the best first, and of equals the latest.
  ///
  /// @param own the session that asks, of which is left out what its model sees; empty for none
  /// @param besides what counts as well, and is in no session
  /// @throws InterruptedException if cancelled
  List<Fitting> search(Wish wish, String own, List<Said> besides, CancellationToken cancellation)
      throws InterruptedException {
    var looking = new Looking(wish);
    besides.stream()
        .filter(said -> wish.session() == null || said.session().startsWith(wish.session()))
        .forEach(looking::at);
    try (var open = sessions.get()) {
      int left = AgentLimits.HISTORY_ENTRIES;
      for (var session : ofWorkspace(open.keeper(), wish.session())) {
        if (cancellation.isCancelled()) {
          throw new InterruptedException("cancelled while looking back");
        }
        var told = read(open.keeper(), session.id());
        left -= told.said().size();
        (session.id().value().equals(own) ? told.past() : told.said()).forEach(looking::at);
        if (left < 0) {
          break;
        }
      }
    }
    return looking.sorted();
  }

  /// One search, text by text. Confined to one call.
  private static final class Looking {
    private final Wish wish;
    private final WordMatch match;
    private final List<Said> having = new ArrayList<>();
    private final List<BitSet> found = new ArrayList<>();
    private int texts;

    Looking(Wish wish) {
      this.wish = wish;
      this.match = WordMatch.of(wish.query());
    }

    void at(Said said) {
      if (!wish.takes(said)) {
        return;
      }
      texts++;
      var words = match.in(said.text());
      if (!words.isEmpty()) {
        having.add(said);
        found.add(words);
      }
    }

    List<Fitting> sorted() {
      return History.sorted(having, match.fits(found, texts));
    }
  }

  private static List<Fitting> sorted(List<Said> having, List<Double> fits) {
    var fitting = new ArrayList<Fitting>();
    for (int i = 0; i < having.size(); i++) {
      fitting.add(new Fitting(having.get(i), fits.get(i)));
    }
    fitting.sort(
        Comparator.comparingDouble(Fitting::fit)
            .reversed()
            .thenComparing(each -> each.said().at(), Comparator.reverseOrder()));
    return fitting;
  }

  /// What user and agent have said to each other since then and not taken back, the session used
  /// last first, and in each in its order. What an agent asks another one is no word of the user.
  ///
  /// @throws InterruptedException if cancelled
  public List<Said> since(Instant since, CancellationToken cancellation)
      throws InterruptedException {
    var said = new ArrayList<Said>();
    try (var open = sessions.get()) {
      int left = AgentLimits.HISTORY_ENTRIES;
      for (var session : ofWorkspace(open.keeper(), null)) {
        if (cancellation.isCancelled()) {
          throw new InterruptedException("cancelled while looking back");
        }
        boolean counts = left > 0 && SessionAbout.parse(session.about()).child() == null;
        var all = counts ? read(open.keeper(), session.id()).holding() : List.<Said>of();
        left -= all.size();
        all.stream().filter(each -> !each.at().isBefore(since)).forEach(said::add);
      }
    }
    return said;
  }

  /// What was said round something, itself included.
  ///
  /// @param id as [Said#id] says it; of the session, its beginning will do. Or the id of a call
  /// @param own the session that asks, which knows its calls
  /// @param besides what is looked at first, and is in no session
  /// @return empty if there is no such thing
  List<Said> around(String id, int before, int after, String own, List<Said> besides) {
    for (int at = besides.size() - 1; at >= 0; at--) {
      var each = besides.get(at);
      if (each.id().equals(id) || each.context().call().equals(id)) {
        return near(besides, at, before, after);
      }
    }
    int colon = id.lastIndexOf(':');
    var session = colon < 0 ? List.<Said>of() : around(id, colon, before, after);
    return session.isEmpty() && !own.isEmpty() ? aroundCall(id, before, after, own) : session;
  }

  private List<Said> aroundCall(String call, int before, int after, String own) {
    try (var open = sessions.get()) {
      for (var session : ofWorkspace(open.keeper(), own)) {
        var all = read(open.keeper(), session.id()).said();
        for (int at = all.size() - 1; at >= 0; at--) {
          if (all.get(at).context().call().equals(call)) {
            return near(all, at, before, after);
          }
        }
      }
    }
    return List.of();
  }

  private static List<Said> near(List<Said> all, int at, int before, int after) {
    return List.copyOf(all.subList(Math.max(0, at - before), Math.min(all.size(), at + after + 1)));
  }

  private List<Said> around(String id, int colon, int before, int after) {
    var prefix = id.substring(0, colon);
    int number = number(id.substring(colon + 1));
    try (var open = sessions.get()) {
      for (var session : ofWorkspace(open.keeper(), prefix)) {
        var all = read(open.keeper(), session.id()).said();
        int at = 0;
        while (at < all.size() && all.get(at).number() < number) {
          at++;
        }
        if (at < all.size() && all.get(at).number() == number) {
          return near(all, at, before, after);
        }
      }
    }
    return List.of();
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
  }

  private List<SessionSummary> ofWorkspace(SessionKeeper keeper, @Nullable String prefix) {
    return keeper.list().stream()
        .filter(session -> session.damage().isEmpty())
        .filter(session -> prefix == null || session.id().value().startsWith(prefix))
        .filter(session -> SessionAbout.parse(session.about()).workspace().equals(workspace))
        .limit(AgentLimits.HISTORY_SESSIONS)
        .toList();
  }

  private static Told read(SessionKeeper keeper, SessionId id) {
    try {
      return Said.of(id, keeper.read(id));
    } catch (EngineException unreadable) {
      // The others still can be.
      return Told.NOTHING;
    }
  }
}
