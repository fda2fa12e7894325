package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import mimo.engine.reuse.RecordedStep;
import mimo.engine.reuse.ReusePlan;
import mimo.engine.reuse.ReuseReport;
import mimo.engine.reuse.ReuseReport.Line;
import mimo.engine.reuse.Verdict;

/// Shows what became of a run's record, or what would: each step with its one reason (D36, D37).
public final class ReuseView {

  private static final int MOST_MISSES = 50;
  private static final int LABEL = 40;
  private static final int EXCERPT = 48;

  private ReuseView() {}

  /// What continuing a run came to.
  public static List<String> lines(ReuseReport report) {
    var lines = new ArrayList<String>();
    int hits = hits(report.lines());
    lines.add(
        "continued as generation %d: %d of %s reused, %d ran"
            .formatted(
                report.generation(),
                hits,
                Figures.count(report.lines().size(), "step"),
                report.lines().size() - hits));
    addSteps(report.lines(), "ran", lines);
    if (!report.left().isEmpty()) {
      lines.add("  not asked again: " + labels(report.left()));
    }
    return lines;
  }

  /// What taking a run up would do.
  public static List<String> lines(ReusePlan plan) {
    var lines = new ArrayList<String>();
    int hits = hits(plan.lines());
    lines.add(
        "plan: %s replayed, %d to run; nobody was asked, nothing was written"
            .formatted(
                Figures.count(hits, "step") + " " + "of " + plan.lines().size(),
                plan.lines().size() - hits));
    addSteps(plan.lines(), "runs", lines);
    if (!plan.unreachable().isEmpty()) {
      lines.add(
          plan.reach().whole()
              ? "  not asked again: " + labels(plan.unreachable())
              : "  not reached until one of these ends: " + labels(plan.unreachable()));
    }
    if (plan.reach().live()) {
      lines.add("  another process works on the run now, so its record still grows");
    }
    lines.add("  cost      " + cost(plan));
    return lines;
  }

  private static int hits(List<Line> lines) {
    return (int) lines.stream().filter(line -> line.verdict() instanceof Verdict.Hit).count();
  }

  private static void addSteps(List<Line> steps, String ran, List<String> lines) {
    var hits = new TreeMap<String, List<Integer>>();
    var misses = new ArrayList<Line>();
    for (var step : steps) {
      if (step.verdict() instanceof Verdict.Hit) {
        hits.computeIfAbsent(ReuseWords.reason(step), _ -> new ArrayList<>()).add(step.seq());
      } else {
        misses.add(step);
      }
    }
    hits.forEach(
        (reason, seqs) -> lines.add("  %-9s %s: #%s".formatted("reused", reason, ranges(seqs))));
    for (var miss : misses.subList(0, Math.min(MOST_MISSES, misses.size()))) {
      addMiss(miss, ran, lines);
    }
    if (misses.size() > MOST_MISSES) {
      lines.add(
          "  … and %d more that %s; --json tells of each"
              .formatted(misses.size() - MOST_MISSES, ran.equals("ran") ? "ran" : "run"));
    }
  }

  private static void addMiss(Line step, String ran, List<String> lines) {
    lines.add(
        "  %-9s #%d %s  %s"
            .formatted(
                ran, step.seq(), TerminalText.cut(step.label(), LABEL), ReuseWords.reason(step)));
    if (step.verdict() instanceof Verdict.Miss(_, var nearest) && nearest != null) {
      ReuseWords.difference(nearest)
          .ifPresent(difference -> {
            var before = ReuseWords.shown(difference.before());
            var now = ReuseWords.shown(difference.now());
            lines.add(
                "              %s was \"%s\"; now \"%s\""
                    .formatted(
                        difference.member(),
                        ReuseWords.excerpt(before, now, EXCERPT),
                        ReuseWords.excerpt(now, before, EXCERPT)));
          });
    }
  }

  /// `1–3, 5`.
  static String ranges(List<Integer> numbers) {
    var parts = new ArrayList<String>();
    int first = numbers.getFirst();
    int last = first;
    for (int number : numbers.subList(1, numbers.size())) {
      if (number != last + 1) {
        parts.add(range(first, last));
        first = number;
      }
      last = number;
    }
    parts.add(range(first, last));
    return String.join(", ", parts);
  }

  private static String range(int first, int last) {
    return first == last ? Integer.toString(first) : first + "–" + last;
  }

  private static String labels(List<RecordedStep> steps) {
    var shown =
        steps.stream()
            .limit(5)
            .map(step -> TerminalText.cut(step.request().label(), LABEL))
            .toList();
    var more = steps.size() > 5 ? " and " + (steps.size() - 5) + " more" : "";
    return steps.size() + " (" + String.join(", ", shown) + more + ")";
  }

  private static String cost(ReusePlan plan) {
    boolean over = plan.reach().whole() || plan.unreachable().isEmpty();
    if (plan.running().isEmpty() && over) {
      return "none: nothing runs";
    }
    if (plan.usage().isEmpty()) {
      return "unknown: no agent of this run has used anything yet";
    }
    var least = new LinkedHashMap<String, Long>();
    var most = new LinkedHashMap<String, Long>();
    plan.usage()
        .forEach((unit, range) -> {
          least.put(unit, range.least());
          most.put(unit, range.most());
        });
    return Figures.usage(least, false) + " to " + Figures.usage(most, false);
  }

  /// The same for programs, as one member's value.
  public static void write(JsonGenerator json, ReuseReport report) throws IOException {
    json.writeStartObject();
    json.writeNumberField("generation", report.generation());
    steps(json, report.lines());
    left(json, "notAskedAgain", report.left());
    json.writeEndObject();
  }

  /// The one object of `--plan --json`.
  public static String json(String run, ReusePlan plan) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", OutcomeJson.VERSION);
      json.writeStringField("run", run);
      json.writeBooleanField("plan", true);
      json.writeBooleanField("live", plan.reach().live());
      json.writeBooleanField("whole", plan.reach().whole());
      steps(json, plan.lines());
      left(json, plan.reach().whole() ? "notAskedAgain" : "unreachable", plan.unreachable());
      json.writeObjectFieldStart("usage");
      for (var unit : new TreeMap<>(plan.usage()).entrySet()) {
        json.writeObjectFieldStart(unit.getKey());
        json.writeNumberField("least", unit.getValue().least());
        json.writeNumberField("most", unit.getValue().most());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void steps(JsonGenerator json, List<Line> lines) throws IOException {
    int hits = hits(lines);
    json.writeNumberField("reused", hits);
    json.writeNumberField("ran", lines.size() - hits);
    json.writeArrayFieldStart("steps");
    for (var line : lines) {
      step(json, line);
    }
    json.writeEndArray();
  }

  private static void step(JsonGenerator json, Line line) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", line.seq());
    json.writeStringField("kind", line.kind().word());
    json.writeStringField("label", line.label());
    json.writeStringField("path", line.path());
    json.writeStringField("reason", ReuseWords.reason(line));
    switch (line.verdict()) {
      case Verdict.Hit(var from, _) -> {
        json.writeObjectFieldStart("reusedFrom");
        json.writeNumberField("generation", from.generation());
        json.writeNumberField("seq", from.seq());
        json.writeEndObject();
      }
      case Verdict.Miss(_, var nearest) -> {
        if (nearest != null) {
          nearest(json, nearest);
        }
      }
    }
    json.writeEndObject();
  }

  private static void nearest(JsonGenerator json, Verdict.Nearest nearest) throws IOException {
    json.writeObjectFieldStart("nearest");
    json.writeNumberField("generation", nearest.ref().generation());
    json.writeNumberField("seq", nearest.ref().seq());
    json.writeStringField("label", nearest.label());
    var first = ReuseWords.difference(nearest);
    if (first.isPresent()) {
      json.writeStringField("member", first.get().member());
      json.writeStringField("before", ReuseWords.shown(first.get().before()));
      json.writeStringField("now", ReuseWords.shown(first.get().now()));
    }
    json.writeEndObject();
  }

  private static void left(JsonGenerator json, String name, List<RecordedStep> steps)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (var step : steps) {
      json.writeStartObject();
      json.writeNumberField("generation", step.ref().generation());
      json.writeNumberField("seq", step.ref().seq());
      json.writeStringField("label", step.request().label());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
