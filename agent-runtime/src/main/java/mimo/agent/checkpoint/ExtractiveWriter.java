package mimo.agent.checkpoint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.checkpoint.ConversationSoFar.Note;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;

/// Writes checkpoints without a model, so that there always is one (K14): what was said and done
/// since the one before is sorted to its sections, word for word, and what stood there stays. The
/// same conversation and the same checkpoint before give the same, byte for byte.
public final class ExtractiveWriter {

  private static final int QUOTE_TOKENS = 440;
  private static final int LAST_WORDS_CHARS = 2_400;
  private static final int LAST_DEEDS = 10;
  private static final int DEED_CHARS = 200;
  private static final String ASKED = "The user asks:";

  private final ConversationSoFar all;
  private final Checkpoint previous;
  private final Mark until;
  private final Talk talk;
  private final List<Deed> deeds;
  private final List<Spill> spills = new ArrayList<>();
  private final Map<Section, String> sections = new EnumMap<>(Section.class);

  private ExtractiveWriter(ConversationSoFar all, Checkpoint previous) {
    this.all = all;
    this.previous = previous.in(all.messages());
    var since = this.previous.watermark().covered();
    this.until = Mark.last(all.messages());
    var covered = all.messages().subList(0, Math.max(since.count(), until.count()));
    this.talk = new Talk(covered, all.own(since.count(), covered.size()), since.count());
    this.deeds = Deed.after(since, covered);
  }

  /// Writes the next checkpoint of a conversation: up to the last place where it can be cut (K5).
  ///
  /// @param previous the one before; [Checkpoint#EMPTY] if there is none. Where its watermark is
  ///   not in this conversation, all of it is looked at again
  public static Written write(ConversationSoFar conversation, Checkpoint previous) {
    return new ExtractiveWriter(conversation, previous).written();
  }

  private Written written() {
    intent();
    put(Section.NEXT_ACTION, List.of(next()));
    add(Section.CONSTRAINTS, talk.duties());
    sections.put(Section.TASK_TREE, tree());
    put(Section.CURRENT_WORK, work());
    put(Section.INVOLVED_FILES, Surroundings.files(before(Section.INVOLVED_FILES), deeds));
    var noted = new ArrayList<>(talk.discoveries());
    var open = new ArrayList<>(talk.leftOver());
    for (var note : all.notes()) {
      (isOpen(note) ? open : noted).add(new Item(note.text(), "n:" + note.id()));
    }
    add(Section.DISCOVERIES, noted);
    put(Section.ERRORS_AND_FIXES, failures());
    put(
        Section.RUNTIME_STATE,
        Surroundings.running(before(Section.RUNTIME_STATE), deeds, all.messages()));
    add(Section.DESIGN_DECISIONS, talk.decisions());
    add(Section.OPEN_NOTES, open);
    var covered = previous.watermark().covered();
    var upTo = until.count() >= covered.count() ? until : covered;
    var watermark = previous.watermark().next(Writer.EXTRACTIVE, upTo);
    return new Written(new Checkpoint(watermark, sections), spills, all.notes());
  }

  private List<Item> before(Section section) {
    return Item.of(previous.section(section));
  }

  private void put(Section section, List<Item> items) {
    var fitted = Room.fit(section, items);
    sections.put(section, fitted.body());
    spills.addAll(fitted.spills());
  }

  /// What stood there, and what is new; the same words once, from wherever they first came.
  private void add(Section section, List<Item> more) {
    var items = new LinkedHashMap<String, Item>();
    before(section).forEach(item -> items.put(item.text(), item));
    more.forEach(item -> items.putIfAbsent(item.text(), item));
    put(section, List.copyOf(items.values()));
  }

  /// The user's own words; they stay until he commits to something new (K12).
  private void intent() {
    var words = talk.commitment();
    var known = previous.section(Section.ACTIVE_INTENT);
    if (words.isEmpty() && known.isEmpty()) {
      words = talk.ofUser().stream().findFirst();
    }
    if (words.isEmpty()) {
      sections.put(Section.ACTIVE_INTENT, known);
      return;
    }
    var whole = quoted(words.get().text().lines().toList(), words.get().source());
    if (Room.tokens(whole.markdown()) <= Section.ACTIVE_INTENT.tokens()) {
      sections.put(Section.ACTIVE_INTENT, whole.markdown());
    } else {
      var head = quoted(head(words.get().text()), words.get().source());
      var more = Room.more(Section.ACTIVE_INTENT, 1);
      sections.put(Section.ACTIVE_INTENT, Item.body(List.of(head, more)));
      spills.add(new Spill(Section.ACTIVE_INTENT, whole.markdown()));
    }
  }

  private static Item quoted(List<String> lines, String source) {
    return new Item(
        ASKED + "\n" + String.join("\n", lines.stream().map(line -> "> " + line).toList()), source);
  }

  private static List<String> head(String text) {
    var lines = new ArrayList<String>();
    double room = QUOTE_TOKENS;
    for (var line : text.lines().toList()) {
      double cost = Room.tokens(line) + 2;
      if (cost > room) {
        int chars = Math.min(line.length(), (int) (room / cost * line.length()));
        if (lines.isEmpty() && chars > 0) {
          lines.add(line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, chars))));
        }
        break;
      }
      lines.add(line);
      room -= cost;
    }
    return lines;
  }

  private String tree() {
    var tree = all.tasks();
    if (Room.tokens(tree) <= Section.TASK_TREE.tokens()) {
      return tree;
    }
    var fitted = TaskTree.shortened(tree);
    spills.add(new Spill(Section.TASK_TREE, tree));
    return fitted;
  }

  /// One step: what was announced, else what failed last, else the work item that is begun.
  private Item next() {
    var failing = failures().reversed().stream().filter(Failures::isUnsolved).findFirst();
    var announced = talk.announced();
    if (announced.isPresent() && !isOver()) {
      return announced.get();
    }
    if (failing.isPresent() && !isOver()) {
      return new Item(
          "Get " + Failures.head(failing.get()) + " to succeed.", failing.get().sources());
    }
    var task = TaskTree.next(all.tasks());
    if (task.isPresent()) {
      return new Item("Go on with " + task.get().words() + ".", "t:" + task.get().id());
    }
    var source = lastSource();
    return isOver()
        ? new Item("Nothing is open: the last request was answered. Wait for the user.", source)
        : deeds.isEmpty() && !before(Section.NEXT_ACTION).isEmpty()
            ? before(Section.NEXT_ACTION).getFirst()
            : new Item(
                "Go on with the request in Active intent, after " + lastDeed() + ".", source);
  }

  private String lastDeed() {
    return deeds.isEmpty() ? "what was said last" : deeds.getLast().words();
  }

  private String lastSource() {
    return "m" + Math.max(0, until.message());
  }

  /// Whether the model had no more to do when it spoke last.
  private boolean isOver() {
    var messages = all.messages();
    return until.message() >= 0
        && messages.get(until.message()) instanceof Message.Model
        && until.message() == messages.size() - 1;
  }

  /// Where the work stands: the last words, and the last calls.
  private List<Item> work() {
    var items = new ArrayList<Item>();
    var said = talk.ofModel();
    if (!said.isEmpty()) {
      var last = said.getLast();
      var text = last.text();
      var shown =
          text.length() <= LAST_WORDS_CHARS
              ? text
              : "(the beginning is in the history) …"
                  + text.substring(text.length() - LAST_WORDS_CHARS);
      var lines = shown.lines().map(line -> "> " + line).toList();
      items.add(new Item("The agent said last:\n" + String.join("\n", lines), last.source()));
    }
    for (var deed : deeds.subList(Math.max(0, deeds.size() - LAST_DEEDS), deeds.size())) {
      items.add(new Item(deed.words() + " " + outcome(deed), deed.source()));
    }
    return items.isEmpty() ? before(Section.CURRENT_WORK) : items;
  }

  private static String outcome(Deed deed) {
    if (deed.answer() == null) {
      return "was begun; what it did is not known";
    }
    return switch (deed.answer().status()) {
      case OK -> deed.isCommand() ? "succeeded" + shown(deed) : "succeeded";
      case ERROR -> "failed";
      case DENIED -> "was not allowed";
      case SKIPPED -> "was not run";
    };
  }

  /// What a command printed last, marked as what it is: nobody demands it (M4).
  private static String shown(Deed deed) {
    var lines = deed.result().strip().lines().toList();
    var last = lines.isEmpty() ? "" : lines.getLast().strip();
    return last.isEmpty() || last.length() > DEED_CHARS
        ? ""
        : "; data from " + deed.tool() + ":\n> " + last;
  }

  /// What was not solved before, and is now, is told once.
  private List<Item> failures() {
    var now = Failures.of(deeds);
    var again = now.stream().map(Failures::head).toList();
    var done = deeds.stream().filter(deed -> deed.is(Status.OK)).map(Deed::words).toList();
    var items = new ArrayList<Item>();
    for (var item : before(Section.ERRORS_AND_FIXES)) {
      var head = Failures.head(item);
      boolean solved = Failures.isUnsolved(item) && done.contains(head);
      if (solved) {
        var deed =
            deeds.stream()
                .filter(each -> each.is(Status.OK) && each.words().equals(head))
                .findFirst();
        items.add(solved(item, deed.orElseThrow()));
      } else if (!(Failures.isUnsolved(item) && again.contains(head))) {
        items.add(item);
      }
    }
    items.addAll(now);
    return items;
  }

  private Item solved(Item item, Deed success) {
    var changed =
        deeds.stream()
            .filter(
                deed -> deed.changes() && deed.is(Status.OK) && deed.message() <= success.message())
            .map(Deed::words)
            .distinct()
            .toList();
    var fixed = changed.isEmpty() ? "Done again" : "Fixed by " + String.join(", ", changed);
    var sources = new ArrayList<>(item.sources());
    sources.add(success.source());
    return new Item(Failures.asSolved(item, fixed + "; then it succeeded."), sources);
  }

  private static boolean isOpen(Note note) {
    return note.text().contains("?") || note.text().contains("？") || Talk.isLater(note.text());
  }
}
