package mimo.agent.checkpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import mimo.agent.session.OwnWords;

/// Holds a checkpoint against the conversation it is of (K13): every writer's passes here before it
/// is in its file.
public final class Validator {

  private static final int NAMED = 5;

  private final ConversationSoFar conversation;
  private final Checkpoint previous;
  private final UnaryOperator<String> kept;

  /// @param previous the checkpoint before, whose items may stay as they are
  /// @param kept what files make of a text: it has no secrets there
  public Validator(
      ConversationSoFar conversation, Checkpoint previous, UnaryOperator<String> kept) {
    this.conversation = conversation;
    this.previous = previous;
    this.kept = kept;
  }

  /// What is wrong with a checkpoint, each in words for whoever wrote it; nothing if nothing is.
  public List<String> findings(Checkpoint checkpoint) {
    var findings = new ArrayList<String>();
    budgets(checkpoint, findings);
    intent(checkpoint, findings);
    tree(checkpoint, findings);
    sources(checkpoint, findings);
    if (!checkpoint.watermark().covered().isIn(conversation.messages())) {
      findings.add("the watermark is in another conversation");
    }
    return List.copyOf(findings);
  }

  /// What is wrong with a checkpoint as text: its sections, and whatever [#findings] finds.
  public List<String> findingsIn(String markdown) {
    var titles =
        markdown
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).strip())
            .filter(title -> Section.of(title).isPresent())
            .toList();
    var expected = List.of(Section.values()).stream().map(Section::title).toList();
    var findings = new ArrayList<String>();
    if (!titles.equals(expected)) {
      findings.add("the sections are %s; they must be %s".formatted(titles, expected));
    }
    findings.addAll(findings(Checkpoint.parse(markdown)));
    return findings;
  }

  private static void budgets(Checkpoint checkpoint, List<String> findings) {
    checkpoint
        .sections()
        .forEach((section, body) -> {
          int tokens = (int) Math.ceil(Room.tokens(body));
          if (tokens > section.tokens()) {
            findings.add(
                "\"%s\" has about %d tokens; it may have %d"
                    .formatted(section.title(), tokens, section.tokens()));
          }
        });
  }

  /// Where the user has said something, his words stand there.
  private void intent(Checkpoint checkpoint, List<String> findings) {
    var said =
        conversation.own(0, checkpoint.watermark().covered().count()).stream()
            .map(OwnWords::text)
            .toList();
    if (said.isEmpty()) {
      return;
    }
    var quoted =
        checkpoint
            .section(Section.ACTIVE_INTENT)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(">"))
            .map(line -> line.substring(1).strip())
            .filter(line -> !line.isEmpty())
            .toList();
    if (quoted.isEmpty()) {
      findings.add(
          "\"Active intent\" must quote the user's request word for word, in lines that begin with"
              + " \"> \"");
    }
    for (var line : quoted) {
      var wanted = kept.apply(line);
      if (said.stream()
          .noneMatch(text -> text.contains(line) || kept.apply(text).contains(wanted))) {
        findings.add("\"Active intent\" quotes what the user has not said: \"" + line + "\"");
      }
    }
  }

  private void tree(Checkpoint checkpoint, List<String> findings) {
    var tree = checkpoint.section(Section.TASK_TREE);
    var tasks = conversation.tasks().strip();
    if (!tree.equals(tasks)
        && !tree.equals(kept.apply(tasks))
        && !tree.equals(TaskTree.shortened(tasks))
        && !tree.equals(kept.apply(TaskTree.shortened(tasks)))) {
      findings.add("\"Task tree\" must be exactly the list of tasks:\n" + conversation.tasks());
    }
  }

  private void sources(Checkpoint checkpoint, List<String> findings) {
    var known = known();
    var without = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    checkpoint
        .sections()
        .forEach((section, body) -> {
          if (section == Section.TASK_TREE) {
            return;
          }
          for (var item : Item.of(body)) {
            if (item.sources().isEmpty() && !Room.isMore(item) && !wasThere(section, item)) {
              without.add(section.title() + ": " + item.text().lines().findFirst().orElse(""));
            }
            item.sources().stream().filter(id -> !known.contains(id)).forEach(unknown::add);
          }
        });
    if (!without.isEmpty()) {
      findings.add(
          "these items do not end with where they are from, such as [m3, c:call_1]: "
              + String.join("; ", without.subList(0, Math.min(NAMED, without.size()))));
    }
    if (!unknown.isEmpty()) {
      findings.add(
          "there is no "
              + String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())))
              + " in this conversation");
    }
  }

  /// What people have written into the file says nothing of where it is from.
  private boolean wasThere(Section section, Item item) {
    return Item.of(previous.section(section)).contains(item);
  }

  private Set<String> known() {
    var known = new HashSet<>(conversation.sources());
    TaskTree.ids(conversation.tasks()).forEach(id -> known.add("t:" + id));
    previous
        .sections()
        .values()
        .forEach(body -> Item.of(body).forEach(item -> known.addAll(item.sources())));
    return known;
  }
}
