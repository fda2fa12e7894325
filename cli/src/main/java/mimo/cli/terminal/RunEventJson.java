package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import mimo.engine.RunEvent;
import mimo.engine.RunOrigin;
import mimo.engine.RunSettings;
import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// The members of each [RunEvent] in the event stream.
final class RunEventJson {

  private RunEventJson() {}

  static void write(JsonGenerator json, RunEvent event) throws IOException {
    switch (event) {
      case RunEvent.Started started -> write(json, started);
      case RunEvent.StepScheduled step -> write(json, step);
      case RunEvent.StepCompleted step -> write(json, step);
      case RunEvent.StepFailed step -> write(json, step);
      case RunEvent.StepSpent step -> write(json, step);
      case RunEvent.Delivered delivered -> write(json, delivered);
      case RunEvent.LogWritten log -> write(json, log);
      case RunEvent.PhaseEntered phase -> write(json, phase);
      case RunEvent.BudgetOpened opened -> write(json, opened);
      case RunEvent.Resumed resumed -> write(json, resumed);
      case RunEvent.OptionsChanged changed -> write(json, changed);
      case RunEvent.Parked parked -> write(json, parked);
      case RunEvent.TimerSet timer -> write(json, timer);
      case RunEvent.TimerFired timer -> write(json, timer);
      case RunEvent.GateOpened gate -> write(json, gate);
      case RunEvent.GateAnswered answer -> write(json, answer);
      case RunEvent.Waited waited -> write(json, waited);
      case RunEvent.Paused paused -> write(json, paused);
      case RunEvent.ControlApplied applied -> write(json, applied);
      case RunEvent.Ended ended -> write(json, ended);
      case RunEvent.Scrubbed scrubbed -> write(json, scrubbed);
    }
  }

  private static void write(JsonGenerator json, RunEvent.StepSpent step) throws IOException {
    json.writeStringField("type", "step_spent");
    json.writeNumberField("seq", step.seq());
    usage(json, step.usage());
  }

  private static void write(JsonGenerator json, RunEvent.LogWritten log) throws IOException {
    json.writeStringField("type", "log");
    json.writeStringField("text", log.text());
  }

  private static void write(JsonGenerator json, RunEvent.PhaseEntered phase) throws IOException {
    json.writeStringField("type", "phase_entered");
    json.writeStringField("title", phase.title());
  }

  private static void write(JsonGenerator json, RunEvent.BudgetOpened opened) throws IOException {
    json.writeStringField("type", "budget_opened");
    json.writeNumberField("budget", opened.number());
    json.writeNumberField("parent", opened.parent());
    json.writeStringField("name", opened.name());
    json.writeStringField("unit", opened.limit().unit());
    json.writeNumberField("total", opened.limit().total());
  }

  private static void write(JsonGenerator json, RunEvent.Resumed resumed) throws IOException {
    json.writeStringField("type", "run_resumed");
    json.writeNumberField("setAside", resumed.setAside());
  }

  private static void write(JsonGenerator json, RunEvent.OptionsChanged changed)
      throws IOException {
    json.writeStringField("type", "options_changed");
    settings(json, "before", changed.before());
    settings(json, "now", changed.now());
  }

  private static void write(JsonGenerator json, RunEvent.Parked parked) throws IOException {
    json.writeStringField("type", "run_parked");
    json.writeStringField("reason", parked.reason().word());
    json.writeStringField("code", parked.code());
    json.writeStringField("message", parked.message());
    instant(json, "until", parked.until());
  }

  private static void write(JsonGenerator json, RunEvent.TimerSet timer) throws IOException {
    json.writeStringField("type", "timer_set");
    json.writeNumberField("seq", timer.seq());
    instant(json, "due", timer.due());
  }

  private static void write(JsonGenerator json, RunEvent.TimerFired timer) throws IOException {
    json.writeStringField("type", "timer_fired");
    json.writeNumberField("seq", timer.seq());
    instant(json, "due", timer.due());
  }

  private static void write(JsonGenerator json, RunEvent.GateAnswered answer) throws IOException {
    json.writeStringField("type", "gate_answered");
    json.writeNumberField("seq", answer.seq());
    member(json, "value", answer.value());
    json.writeStringField("who", answer.who());
    json.writeStringField("channel", answer.channel());
  }

  private static void write(JsonGenerator json, RunEvent.Waited waited) throws IOException {
    json.writeStringField("type", "run_waited");
    instant(json, "from", waited.from());
    instant(json, "to", waited.to());
  }

  private static void write(JsonGenerator json, RunEvent.Paused paused) throws IOException {
    json.writeStringField("type", "run_paused");
    json.writeStringField("code", paused.code());
    json.writeStringField("message", paused.message());
  }

  private static void write(JsonGenerator json, RunEvent.ControlApplied applied)
      throws IOException {
    json.writeStringField("type", "control_applied");
    json.writeNumberField("request", applied.request());
    json.writeStringField("action", applied.action());
    if (applied.seq() > 0) {
      json.writeNumberField("seq", applied.seq());
    }
    json.writeStringField("who", applied.who());
    json.writeStringField("asked", applied.at().toString());
  }

  private static void write(JsonGenerator json, RunEvent.Scrubbed scrubbed) throws IOException {
    json.writeStringField("type", "scrubbed");
    json.writeStringField("oldHead", scrubbed.oldHead());
    json.writeStringField("newHead", scrubbed.newHead());
  }

  private static void write(JsonGenerator json, RunEvent.Started started) throws IOException {
    json.writeStringField("type", "run_started");
    json.writeStringField("workflow", started.workflow());
    member(json, "arguments", started.arguments());
    member(json, "options", started.options());
    if (started.origin() instanceof RunOrigin.Forked forked) {
      json.writeObjectFieldStart("forkedFrom");
      json.writeStringField("run", forked.source().value());
      json.writeNumberField("generation", forked.step().generation());
      json.writeNumberField("seq", forked.step().seq());
      json.writeEndObject();
    }
  }

  private static void settings(JsonGenerator json, String name, RunSettings settings)
      throws IOException {
    json.writeObjectFieldStart(name);
    member(json, "options", settings.options());
    json.writeNumberField("deadlineMs", settings.deadline().toMillis());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RunEvent.StepScheduled step) throws IOException {
    json.writeStringField("type", "step_scheduled");
    json.writeNumberField("seq", step.seq());
    json.writeStringField("kind", step.kind().word());
    json.writeStringField("label", step.label());
    json.writeStringField("phase", step.phase());
    json.writeStringField("path", step.path());
    position(json, step.position());
  }

  private static void write(JsonGenerator json, RunEvent.StepCompleted step) throws IOException {
    json.writeStringField("type", "step_completed");
    json.writeNumberField("seq", step.seq());
    member(json, "value", step.value());
    usage(json, step.usage());
    member(json, "report", step.report());
    var reused = step.reused();
    if (reused != null) {
      json.writeObjectFieldStart("reusedFrom");
      json.writeNumberField("generation", reused.from().generation());
      json.writeNumberField("seq", reused.from().seq());
      json.writeStringField("match", reused.match().word());
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, RunEvent.StepFailed step) throws IOException {
    json.writeStringField("type", "step_failed");
    json.writeNumberField("seq", step.seq());
    json.writeStringField("code", step.code());
    json.writeStringField("message", step.message());
    usage(json, step.usage());
    member(json, "report", step.report());
  }

  private static void write(JsonGenerator json, RunEvent.Delivered delivered) throws IOException {
    json.writeStringField("type", "delivered");
    json.writeArrayFieldStart("seqs");
    for (int seq : delivered.seqs()) {
      json.writeNumber(seq);
    }
    json.writeEndArray();
    json.writeNumberField("spent", delivered.spent());
  }

  private static void write(JsonGenerator json, RunEvent.Ended ended) throws IOException {
    json.writeStringField("type", "run_ended");
    json.writeStringField("status", ended.status().name().toLowerCase(java.util.Locale.ROOT));
    if (ended.value() != null) {
      member(json, "value", ended.value());
    }
    if (ended.code() != null) {
      json.writeStringField("code", ended.code());
      json.writeStringField("message", ended.message());
    }
    position(json, ended.position());
    json.writeArrayFieldStart("losses");
    for (var loss : ended.losses()) {
      OutcomeJson.write(json, loss);
    }
    json.writeEndArray();
    usage(json, ended.usage());
  }

  private static void write(JsonGenerator json, RunEvent.GateOpened gate) throws IOException {
    json.writeStringField("type", "gate_opened");
    json.writeNumberField("seq", gate.seq());
    json.writeStringField("question", gate.question());
    member(json, "schema", gate.schema());
    if (gate.fallback() != null) {
      member(json, "default", gate.fallback());
    }
    instant(json, "expiry", gate.expiry());
  }

  private static void instant(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    if (time != null) {
      json.writeStringField(name, time.toString());
    }
  }

  private static void member(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    JsonText.copy(value, json);
  }

  private static void usage(JsonGenerator json, Map<String, Long> usage) throws IOException {
    json.writeObjectFieldStart("usage");
    for (var used : new TreeMap<>(usage).entrySet()) {
      json.writeNumberField(used.getKey(), used.getValue());
    }
    json.writeEndObject();
  }

  private static void position(JsonGenerator json, @Nullable SourcePosition position)
      throws IOException {
    if (position != null) {
      json.writeStringField("file", position.file());
      json.writeNumberField("line", position.line());
      json.writeNumberField("column", position.column());
    }
  }
}
