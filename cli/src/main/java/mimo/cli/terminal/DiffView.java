package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import mimo.engine.reuse.Difference;
import mimo.engine.reuse.RecordedStep;
import mimo.engine.reuse.RunDiff;
import mimo.engine.reuse.RunDiff.Result;
import mimo.engine.reuse.RunDiff.Row;
import mimo.engine.reuse.RunDiff.Standing;
import org.jspecify.annotations.Nullable;

/// Shows two runs side by side (D40).
public final class DiffView {

  private static final int LABEL = 40;
  private static final int EXCERPT = 48;

  private final Outcome first;
  private final Outcome second;
  private final RunDiff diff;

  public DiffView(Outcome first, Outcome second, RunDiff diff) {
    this.first = first;
    this.second = second;
    this.diff = diff;
  }

  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("- " + side(first));
    lines.add("+ " + side(second));
    long same =
        diff.rows().stream()
            .filter(row -> row.standing() == Standing.SAME && row.result() == Result.EQUAL)
            .count();
    lines.add("  same       " + Figures.count(same, "step"));
    diff.rows().forEach(row -> add(row, lines));
    if (!Objects.equals(first.value(), second.value())) {
      lines.add("  result     of the run");
      addValues(first.value(), second.value(), lines);
    }
    return lines.stream().map(TerminalText::visible).toList();
  }

  private static String side(Outcome run) {
    var losses = run.losses().isEmpty() ? "" : ", " + Figures.count(run.losses().size(), "loss");
    return run.run()
        + "  "
        + run.status()
        + losses
        + ", "
        + Figures.usage(run.usage(), run.offline());
  }

  private static void add(Row row, List<String> lines) {
    var before = row.before();
    var after = row.after();
    if (row.standing() != Standing.SAME) {
      var number =
          before != null && after != null
              ? "#" + before.ref().seq() + " → " + name(after)
              : name(Objects.requireNonNull(before == null ? after : before));
      lines.add("  %-10s %s".formatted(row.standing().word(), number));
    }
    differences(row)
        .forEach(each -> addDifference(each.member(), each.before(), each.now(), lines));
    if (row.result() == Result.DIFFERENT && before != null && after != null) {
      if (row.standing() == Standing.SAME) {
        lines.add("  %-10s %s".formatted("result", name(after)));
      }
      addValues(RunDiff.result(before.end()), RunDiff.result(after.end()), lines);
    }
  }

  private static List<Difference> differences(Row row) {
    return row.differences().stream().filter(each -> ReuseWords.tells(each.member())).toList();
  }

  private static void addDifference(
      String member, @Nullable String before, @Nullable String now, List<String> lines) {
    var one = ReuseWords.shown(before);
    var other = ReuseWords.shown(now);
    lines.add("      - " + member + " " + ReuseWords.excerpt(one, other, EXCERPT));
    lines.add("      + " + member + " " + ReuseWords.excerpt(other, one, EXCERPT));
  }

  private static void addValues(@Nullable String before, @Nullable String now, List<String> lines) {
    var one = before == null ? "nothing" : before;
    var other = now == null ? "nothing" : now;
    lines.add("      - " + ReuseWords.excerpt(one, other, EXCERPT));
    lines.add("      + " + ReuseWords.excerpt(other, one, EXCERPT));
  }

  private static String name(RecordedStep step) {
    return "#" + step.ref().seq() + " " + TerminalText.cut(step.request().label(), LABEL);
  }

  /// The one object of `--json`.
  public String json() {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", OutcomeJson.VERSION);
      json.writeFieldName("first");
      write(json, first);
      json.writeFieldName("second");
      write(json, second);
      json.writeArrayFieldStart("steps");
      for (var row : diff.rows()) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, Outcome run) throws IOException {
    json.writeStartObject();
    json.writeStringField("run", run.run());
    json.writeStringField("status", run.status());
    json.writeNumberField("losses", run.losses().size());
    json.writeObjectFieldStart("usage");
    for (var used : new TreeMap<>(run.usage()).entrySet()) {
      json.writeNumberField(used.getKey(), used.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("result");
    if (run.value() == null) {
      json.writeNull();
    } else {
      JsonText.copy(run.value(), json);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    json.writeStringField("standing", row.standing().word());
    json.writeBooleanField("sameResult", row.result() == Result.EQUAL);
    write(json, "before", row.before());
    write(json, "after", row.after());
    json.writeArrayFieldStart("differences");
    for (var each : differences(row)) {
      json.writeStartObject();
      json.writeStringField("member", each.member());
      json.writeStringField("before", ReuseWords.shown(each.before()));
      json.writeStringField("now", ReuseWords.shown(each.now()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable RecordedStep step)
      throws IOException {
    if (step == null) {
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("generation", step.ref().generation());
    json.writeNumberField("seq", step.ref().seq());
    json.writeStringField("kind", step.request().kind().word());
    json.writeStringField("label", step.request().label());
    json.writeStringField("path", step.request().path());
    json.writeEndObject();
  }
}
