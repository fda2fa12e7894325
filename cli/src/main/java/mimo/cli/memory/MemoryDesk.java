package mimo.cli.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryDigest;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.memory.MemorySearch;
import mimo.agent.session.FactCodec;
import mimo.agent.session.SessionFact.Arrived;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.tool.SpillFiles;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Figures;
import mimo.engine.EngineException;
import mimo.engine.RunId;
import mimo.engine.RunKeeper;
import mimo.engine.SessionId;
import mimo.engine.journal.SessionEntry;
import mimo.engine.redaction.WordRemoval;
import mimo.engine.session.SessionKeeper;
import mimo.engine.session.Sessions;

/// Everything the commands about the memory need. Confined to the command's thread.
///
/// @param sessions opens the store
/// @param runs opens it too
/// @param outputs of tools that were too long to be shown
/// @param dreams what could be better in it
/// @param notice why something of the memory is not used here; empty if all of it is
public record MemoryDesk(
    Memory memory,
    MemorySearch search,
    Supplier<Sessions> sessions,
    Supplier<RunKeeper> runs,
    SpillFiles outputs,
    Editor editor,
    DreamDesk dreams,
    String notice) {

  /// Shorter words recur in ordinary text.
  public static final int SHORTEST = 8;

  /// Something done with the memory.
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /// A session that was told of an entry.
  ///
  /// @param at when, as an instant
  public record Told(SessionId session, String at, Occasion occasion) {}

  /// When a session is told what is remembered.
  public enum Occasion {
    START,
    REBUILD
  }

  /// What was taken out of the store.
  ///
  /// @param sessions that can be continued, and whose record is not what it was
  /// @param runs the same for runs; none of them can be resumed exactly any more
  /// @param proposals that quoted it, and are gone
  /// @param files of sessions in which it stood
  /// @param kept why some could not be changed
  public record Erased(
      List<String> sessions,
      List<String> runs,
      List<String> proposals,
      List<String> files,
      List<String> kept) {
    public Erased {
      files = List.copyOf(files);
      proposals = List.copyOf(proposals);
      sessions = List.copyOf(sessions);
      runs = List.copyOf(runs);
      kept = List.copyOf(kept);
    }
  }

  /// The files that may be seen here, those that do not exist yet left out.
  public List<MemoryPlace> places() {
    return memory.layout().visible("");
  }

  /// The file a name means.
  public MemoryPlace place(String name) {
    return memory
        .layout()
        .find(name, places())
        .orElseThrow(() ->
            new CommandException(
                "memory_unknown",
                "no file of the memory is called '%s'; there are global, project%s"
                    .formatted(
                        name,
                        String.join(
                            "", places().stream().map(place -> ", " + place.name()).toList()))));
  }

  /// Does something, and tells failures of the memory as those of a command.
  public static <T> T told(Work<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (MemoryException failure) {
      var cause = failure.getCause();
      var why = cause == null ? "" : ": " + cause.getMessage();
      throw new CommandException(failure.code(), failure.getMessage() + why);
    }
  }

  /// The sessions that began with a digest in which an entry stands (M18).
  public List<Told> toldOf(MemoryEntry entry) {
    var told = new ArrayList<Told>();
    try (var open = sessions.get()) {
      for (var session : open.keeper().list()) {
        if (session.damage().isEmpty() && session.count("arrived") + session.count("rebuilt") > 0) {
          for (var said : open.keeper().read(session.id())) {
            occasion(said, entry)
                .ifPresent(when -> told.add(new Told(session.id(), said.at().toString(), when)));
          }
        }
      }
    } catch (EngineException unreadable) {
      throw new CommandException(unreadable.code(), String.valueOf(unreadable.getMessage()));
    }
    return told;
  }

  private List<String> eraseInRuns(Map<String, String> words, List<String> kept) {
    try (var keeper = runs.get()) {
      var removal = keeper.scrub(words);
      removal.left().forEach(run -> kept.add("run " + run + " is worked on, or damaged"));
      return removal.changed().stream().map(RunId::value).toList();
    } catch (EngineException failure) {
      throw new CommandException(failure.code(), String.valueOf(failure.getMessage()));
    }
  }

  /// Whether this told of an entry, and when that was.
  private static Optional<Occasion> occasion(SessionEntry said, MemoryEntry entry) {
    return switch (said.type()) {
      case "arrived" ->
          FactCodec.read(said) instanceof Arrived(var from, var text)
                  && from.startsWith(MemoryDigest.FROM)
                  && holds(text, entry)
              ? Optional.of(Occasion.START)
              : Optional.empty();
      case "rebuilt" ->
          FactCodec.read(said) instanceof Rebuilt rebuilt && holds(rebuilt.text(), entry)
              ? Optional.of(Occasion.REBUILD)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean holds(String digest, MemoryEntry entry) {
    var first = entry.text().lines().findFirst().orElse("");
    return !first.isEmpty() && digest.contains(first.substring(0, Math.min(first.length(), 500)));
  }

  /// Takes words of entries that are forgotten out of everything else that mimo keeps (M21).
  public Erased forget(Map<String, String> words) throws InterruptedException {
    var removal = new WordRemoval(usable(words));
    var files = new ArrayList<>(memory.revisions().erase(removal));
    var kept = new ArrayList<String>();
    try {
      int changed = outputs.rewrite(removal::clean);
      if (changed > 0) {
        files.add(Figures.count(changed, "output") + " of tools");
      }
    } catch (IOException unwritable) {
      kept.add("outputs of tools: " + unwritable.getMessage());
    }
    var _ = search.rebuild();
    var erased = erase(words);
    kept.addAll(erased.kept());
    return new Erased(erased.sessions(), erased.runs(), erased.proposals(), files, kept);
  }

  private static Map<String, String> usable(Map<String, String> words) {
    var usable = new LinkedHashMap<String, String>(words);
    usable.keySet().removeIf(word -> word.strip().length() < SHORTEST);
    return usable;
  }

  /// Takes words out of everything that sessions and runs have written down (D71). Those that are
  /// too short stay: they may stand anywhere.
  public Erased erase(Map<String, String> words) {
    var changed = new ArrayList<String>();
    var kept = new ArrayList<String>();
    var proposals = dreams.proposals().erase(words.keySet());
    var usable = usable(words);
    tooShort(words.keySet()).ifPresent(kept::add);
    if (usable.isEmpty()) {
      return new Erased(changed, List.of(), proposals, List.of(), kept);
    }
    try (var open = sessions.get()) {
      for (var session : open.keeper().list()) {
        if (!session.damage().isEmpty()) {
          kept.add("session " + session.id() + " is damaged");
        } else if (erased(open.keeper(), session.id(), usable, kept)) {
          changed.add(session.id().value());
        }
      }
    } catch (EngineException failure) {
      throw new CommandException(failure.code(), String.valueOf(failure.getMessage()));
    }
    return new Erased(changed, eraseInRuns(usable, kept), proposals, List.of(), kept);
  }

  private static Optional<String> tooShort(Set<String> words) {
    var few = words.stream().map(String::strip).filter(word -> word.length() < SHORTEST).toList();
    return few.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s shorter than %d characters, which may stand anywhere: '%s'%s"
                .formatted(
                    Figures.count(few.size(), "text"),
                    SHORTEST,
                    few.getFirst(),
                    few.size() > 1 ? " and others" : ""));
  }

  /// What cannot be rewritten is named, and hinders nothing else.
  private static boolean erased(
      SessionKeeper keeper, SessionId session, Map<String, String> words, List<String> kept) {
    try {
      return keeper.scrub(session, words);
    } catch (EngineException.LeaseRefused live) {
      kept.add("session " + session + " is open in another process");
    } catch (EngineException failure) {
      kept.add("session " + session + ": " + failure.code() + ": " + failure.getMessage());
    }
    return false;
  }
}
