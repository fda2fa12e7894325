package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mimo.cli.command.DryRunReport.Call;
import mimo.cli.command.DryRunReport.Range;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;

/// Shows a dry run: its phases, its agents, what they may cost, the tree of calls, the result.
final class DryRunPrinter {

  private static final String DEFAULT_MODEL = "default model";

  private final DryRunReport report;

  DryRunPrinter(DryRunReport report) {
    this.report = report;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("dry run  " + report.workflow() + ": nothing is asked, spent or written");
    phases()
        .forEach((phase, models) ->
            models.forEach((model, count) ->
                lines.add("phase    %s: %s, %s".formatted(phase, agents(count), model))));
    for (var call : report.calls()) {
      var depth = call.path().isEmpty() ? 0 : call.path().split("/", -1).length;
      lines.add("agent    " + "  ".repeat(depth) + where(call) + call.label());
    }
    if (report.files() > 0) {
      lines.add(
          "files    " + report.files() + " looks at the workspace, and writes that were not made");
    }
    report.log().forEach(line -> lines.add("log      " + line));
    report.losses().forEach(loss -> lines.add("lost     " + loss));
    lines.add("cost     " + cost());
    if (report.value() != null) {
      lines.add("result   " + report.value());
    }
    return lines.stream().map(TerminalText::visible).toList();
  }

  private static String where(Call call) {
    return call.path().isEmpty() ? "" : call.path() + "  ";
  }

  private static String agents(int count) {
    return count == 1 ? "1 agent" : count + " agents";
  }

  /// By phase, how many agents ask which model.
  private Map<String, Map<String, Integer>> phases() {
    var phases = new LinkedHashMap<String, Map<String, Integer>>();
    for (var call : report.calls()) {
      phases
          .computeIfAbsent(
              call.phase().isEmpty() ? "(none)" : call.phase(), _ -> new LinkedHashMap<>())
          .merge(call.model().isEmpty() ? DEFAULT_MODEL : call.model(), 1, Integer::sum);
    }
    return phases;
  }

  private String cost() {
    if (report.calls().isEmpty()) {
      return "none: no agent is asked";
    }
    var unknown = report.calls().stream().filter(call -> call.cost() == null).count();
    if (unknown > 0) {
      return "unknown: nobody named a model with a known price for %d of %s"
          .formatted(unknown, agents(report.calls().size()));
    }
    var range = total();
    return String.format(
        Locale.ROOT, "%.4f to %.4f USD, roughly", range.low() / 1e6, range.high() / 1e6);
  }

  private Range total() {
    return report.calls().stream()
        .map(call -> Objects.requireNonNull(call.cost()))
        .reduce(new Range(0, 0), Range::plus);
  }

  String json() {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeBooleanField("dryRun", true);
      json.writeStringField("workflow", report.workflow());
      json.writeArrayFieldStart("phases");
      for (var phase : phases().entrySet()) {
        phase(json, phase);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("calls");
      for (var call : report.calls()) {
        call(json, call);
      }
      json.writeEndArray();
      json.writeNumberField("fileLooks", report.files());
      texts(json, "log", report.log());
      texts(json, "losses", report.losses());
      if (report.calls().stream().allMatch(call -> call.cost() != null)) {
        var range = total();
        json.writeObjectFieldStart("costMicroUsd");
        json.writeNumberField("low", range.low());
        json.writeNumberField("high", range.high());
        json.writeEndObject();
      }
      if (report.failure() != null) {
        json.writeObjectFieldStart("error");
        json.writeStringField("name", report.failure().code());
        json.writeStringField("message", report.failure().message());
        if (report.failure().position() != null) {
          json.writeStringField("position", report.failure().position().toString());
        }
        json.writeEndObject();
      }
      if (report.value() != null) {
        json.writeFieldName("result");
        json.writeRawValue(report.value());
      }
      json.writeEndObject();
    });
  }

  private static void phase(JsonGenerator json, Map.Entry<String, Map<String, Integer>> phase)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("title", phase.getKey());
    json.writeObjectFieldStart("agents");
    for (var model : phase.getValue().entrySet()) {
      json.writeNumberField(model.getKey(), model.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void call(JsonGenerator json, Call call) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", call.path());
    json.writeStringField("label", call.label());
    json.writeStringField("phase", call.phase());
    json.writeStringField("model", call.model());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (var text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
