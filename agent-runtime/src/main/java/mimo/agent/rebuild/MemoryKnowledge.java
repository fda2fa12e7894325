package mimo.agent.rebuild;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mimo.agent.ContextLimits;
import mimo.agent.checkpoint.Checkpoint;
import mimo.agent.checkpoint.CheckpointFile;
import mimo.agent.checkpoint.ConversationSoFar;
import mimo.agent.checkpoint.ExtractiveWriter;
import mimo.agent.checkpoint.Mark;
import mimo.agent.checkpoint.Section;
import mimo.agent.memory.EntryText;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;
import mimo.engine.EngineException;

/// What the memory's files know of a session. What cannot be read is said to be so. Thread-safe.
public final class MemoryKnowledge implements Knowledge {

  private final Memory memory;
  private final String session;

  /// @param session its id, as the name of a folder
  public MemoryKnowledge(Memory memory, String session) {
    this.memory = memory;
    this.session = session;
  }

  @Override
  public String text(Part part) {
    var layout = memory.layout();
    return switch (part) {
      case PROJECT_MEMORY -> entries(layout.ofProject());
      case GLOBAL_MEMORY -> entries(layout.global());
      case NOTES -> entries(layout.notes(session));
      case INDEX -> index();
      case GOAL, TASKS, CHECKPOINT, RUNNING, USER_INPUT, RESUME, TAIL -> "";
    };
  }

  private String entries(MemoryPlace place) {
    try {
      return EntryText.of(memory.entries(place));
    } catch (MemoryException unreadable) {
      return "(" + unreadable.getMessage() + ")";
    }
  }

  /// What else there is, so that somebody looks for it: names of files, and what stands in them.
  private String index() {
    var layout = memory.layout();
    var shown =
        Set.of(
            layout.ofProject().name(),
            layout.global().name(),
            layout.notes(session).name(),
            layout.checkpoint(session).name());
    var lines = new ArrayList<String>();
    for (var place : ownFirst(layout.visible(session))) {
      if (!shown.contains(place.name()) && lines.size() < ContextLimits.REBUILT_INDEX) {
        lines.add("- " + place.name() + headings(place));
      }
    }
    return String.join("\n", lines);
  }

  /// Files of this session come first, then those of the others, the latest first: there is room
  /// for some only.
  private List<MemoryPlace> ownFirst(List<MemoryPlace> places) {
    var times = new HashMap<MemoryPlace, Instant>();
    places.forEach(place -> times.put(place, memory.layout().modified(place)));
    return places.stream()
        .sorted(
            Comparator.comparing((MemoryPlace place) -> !place.owner().equals(session))
                .thenComparing(
                    place -> times.getOrDefault(place, Instant.EPOCH), Comparator.reverseOrder())
                .thenComparing(MemoryPlace::name))
        .toList();
  }

  private String headings(MemoryPlace place) {
    try {
      var headings =
          memory.entries(place).stream()
              .map(entry -> entry.heading().replaceFirst(".*> ", ""))
              .filter(heading -> !heading.isEmpty())
              .distinct()
              .limit(3)
              .toList();
      return headings.isEmpty() ? "" : ": " + String.join(", ", headings);
    } catch (MemoryException unreadable) {
      return "";
    }
  }

  @Override
  public String checkpoint(List<Message> conversation, List<OwnWords> own, int covered) {
    try {
      var held = new CheckpointFile(memory, session).read().checkpoint();
      var before = ConversationSoFar.of(conversation, own).upTo(covered);
      var mark = held.watermark().covered();
      boolean behind =
          !mark.isIn(conversation) || mark.count() < Mark.last(before.messages()).count();
      var now = behind ? ExtractiveWriter.write(before, held).checkpoint() : held;
      return memory.kept(sections(now));
    } catch (MemoryException | EngineException unreadable) {
      return "(" + unreadable.getMessage() + ")";
    }
  }

  /// The tasks are told by the list itself (K18).
  private static String sections(Checkpoint checkpoint) {
    return checkpoint.sections().entrySet().stream()
        .filter(each -> each.getKey() != Section.TASK_TREE && !each.getValue().isEmpty())
        .map(each -> "### " + each.getKey().title() + "\n\n" + each.getValue())
        .collect(Collectors.joining("\n\n"));
  }
}
