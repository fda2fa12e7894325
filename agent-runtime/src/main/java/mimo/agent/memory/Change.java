package mimo.agent.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mimo.agent.memory.MarkdownText.Block;
import mimo.agent.memory.MarkdownText.Kind;
import mimo.agent.memory.MemoryLog.Known;

/// What is to be made of a text of the memory, whatever it says by then: a change is made anew if
/// somebody else wrote meanwhile (M6).
///
/// @param by what it is called in the log
/// @param entries those it adds
/// @param make what it makes of a text; the same text if there is nothing to do
record Change(String by, List<Known> entries, UnaryOperator<String> make) {

  Change {
    entries = List.copyOf(entries);
  }

  /// Adds an item at the end of a section, which is made where it is missing.
  ///
  /// @param heading of the second level; empty for the end of the text
  /// @param text clean and without comments
  static Change append(String heading, String text, Provenance provenance) {
    return new Change(
        "append",
        List.of(Known.of(provenance, text)),
        now -> appended(now, heading, item(text, provenance)));
  }

  static List<String> item(String text, Provenance provenance) {
    return item("- ", text, provenance);
  }

  /// @param mark of the list it stands in
  static List<String> item(String mark, String text, Provenance provenance) {
    var lines = new ArrayList<String>();
    var indent = " ".repeat(mark.length());
    for (var line : text.strip().split("\\R", -1)) {
      lines.add(lines.isEmpty() ? mark + line : line.isBlank() ? "" : indent + line);
    }
    lines.add(lines.removeLast() + " " + provenance.comment());
    return lines;
  }

  static String appended(String now, String heading, List<String> item) {
    var text = MarkdownText.of(now);
    var end = text.newline();
    var lines = String.join(end, item) + end;
    int at = heading.isEmpty() ? text.blocks().size() : text.sectionEnd(heading);
    var result = new StringBuilder();
    if (at < 0) {
      result.append(now);
      terminate(result, end);
      result.append(now.isBlank() ? "" : end).append("## ").append(heading).append(end);
      return result.append(end).append(lines).toString();
    }
    text.blocks().subList(0, at).forEach(block -> result.append(block.raw()));
    terminate(result, end);
    result.append(lines);
    text.blocks().subList(at, text.blocks().size()).forEach(block -> result.append(block.raw()));
    return result.toString();
  }

  private static void terminate(StringBuilder text, String end) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append(end);
    }
  }

  /// Takes an entry out, wherever it stands by then and however often.
  ///
  /// @param id by which it may be marked
  /// @param texts what it may say
  static Change forget(String id, List<String> texts) {
    return new Change("forget", List.of(), now -> without(now, id, texts));
  }

  /// The same for entries that stand elsewhere from now on. One that somebody has changed since it
  /// was read stays: its new words stand nowhere else (M7).
  ///
  /// @param isRouted whether that is so of an entry as it is now
  static Change routed(Predicate<Block> isRouted) {
    return new Change("checkpoint", List.of(), now -> without(now, isRouted));
  }

  private static String without(String now, String id, List<String> texts) {
    return without(
        now,
        block ->
            texts.contains(block.text())
                || Provenance.claimed(block.raw()).filter(id::equals).isPresent());
  }

  private static String without(String now, Predicate<Block> isGone) {
    var result = new StringBuilder();
    for (var block : MarkdownText.of(now).blocks()) {
      boolean gone = block.kind() == Kind.ENTRY && isGone.test(block);
      result.append(gone ? "" : block.raw());
    }
    return result.toString();
  }

  /// What the user made of a text in an editor.
  ///
  /// @param base what was in it when it was opened
  /// @param entries those that are new, and his
  static Change edited(String base, String edited, List<Known> entries) {
    // What came in meanwhile is another writer's; the user's words stay where both meet.
    return new Change("edit", entries, now -> TextMerge.merge(base, edited, now));
  }

  /// Replaces every word somebody wants gone, and every secret.
  static Change scrubbed(UnaryOperator<String> clean) {
    return new Change("scrub", List.of(), Objects.requireNonNull(clean));
  }
}
