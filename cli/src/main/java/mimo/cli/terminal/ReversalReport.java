package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mimo.agent.TurnReversal.Outcome.Done;
import mimo.agent.snapshot.ChangedFile;
import mimo.agent.snapshot.Excluded;

/// Tells what became of the files when turns were taken back or had again.
public final class ReversalReport {

  private static final int SHOWN_EXCLUDED = 8;

  private final Done done;
  private final Style style;

  public ReversalReport(Done done, Style style) {
    this.done = done;
    this.style = style;
  }

  /// @param word `undid` or `redid`
  /// @param force how files that others have changed are brought back, too
  public List<String> lines(String word, String force) {
    var lines = new ArrayList<String>();
    lines.add(word + " " + turns(done.turns()));
    done.files().files().forEach(file -> lines.add("  " + line(file)));
    if (done.files().files().isEmpty()) {
      lines.add(style.faint("  no file is otherwise than it was"));
    }
    if (!done.files().kept().isEmpty()) {
      lines.add(style.yellow("kept, because somebody else has changed them since:"));
      done.files().kept().forEach(path -> lines.add("  " + TerminalText.oneLine(path)));
      lines.add(style.faint("  to lose those changes: " + force));
    }
    if (!done.unkept().isEmpty()) {
      var turns = turns(done.unkept());
      lines.add(style.yellow("the files of " + turns + " were never kept; they stay as they are"));
    }
    if (!done.files().excluded().isEmpty()) {
      lines.add(style.faint("never touched: " + excluded()));
    }
    return List.copyOf(lines);
  }

  private static String turns(List<Integer> numbers) {
    var words = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (numbers.size() == 1 ? "turn " : "turns ") + words;
  }

  private String line(ChangedFile file) {
    var path = TerminalText.oneLine(file.path());
    var numbers =
        file.added() < 0
            ? "  binary"
            : "  " + style.green("+" + file.added()) + " " + style.red("-" + file.removed());
    return "%-8s".formatted(word(file.kind())) + path + numbers;
  }

  private String excluded() {
    var all = done.files().excluded();
    var words =
        all.stream()
            .limit(SHOWN_EXCLUDED)
            .map(each -> TerminalText.oneLine(each.path()) + " (" + word(each.reason()) + ")")
            .collect(Collectors.joining(", "));
    int more = all.size() - SHOWN_EXCLUDED;
    return more > 0 ? words + " and " + more + " more" : words;
  }

  private static String word(ChangedFile.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Excluded.Reason reason) {
    return switch (reason) {
      case LARGE -> "over 10 MB";
      case IGNORED -> "ignored";
      case UNREADABLE -> "unreadable";
      case OTHER_REPOSITORY -> "a repository of its own";
    };
  }

  /// The same as members of an object.
  public void write(JsonGenerator json) throws IOException {
    numbers(json, "turns", done.turns());
    json.writeStringField("prompt", done.prompt());
    json.writeArrayFieldStart("files");
    for (var file : done.files().files()) {
      json.writeStartObject();
      json.writeStringField("path", file.path());
      json.writeStringField("kind", word(file.kind()));
      json.writeNumberField("added", file.added());
      json.writeNumberField("removed", file.removed());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("kept");
    for (var path : done.files().kept()) {
      json.writeString(path);
    }
    json.writeEndArray();
    numbers(json, "unkept", done.unkept());
    json.writeArrayFieldStart("excluded");
    for (var each : done.files().excluded()) {
      json.writeStartObject();
      json.writeStringField("path", each.path());
      json.writeStringField("reason", each.reason().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void numbers(JsonGenerator json, String name, List<Integer> numbers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }
}
