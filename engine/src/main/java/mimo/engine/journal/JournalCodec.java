package mimo.engine.journal;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import mimo.engine.ActivityRequest;
import mimo.engine.BudgetLimit;
import mimo.engine.Loss;
import mimo.engine.RunSettings;
import mimo.engine.redaction.Redactor;

/// Turns entries into records, redacted. Thread-safe if its redactor is.
public final class JournalCodec {

  /// The version every record carries. Another form of an entry is another version.
  static final int VERSION = 1;

  private final Redactor redactor;
  private final InstantSource clock;

  /// @param clock tells when an entry is written
  public JournalCodec(Redactor redactor, InstantSource clock) {
    this.redactor = redactor;
    this.clock = clock;
  }

  /// Redacts and encodes an entry that is written now.
  ///
  /// @throws mimo.engine.EngineException.RedactionFailed if it cannot be made clean
  public EncodedEntry encode(JournalEntry entry) {
    return encode(new WrittenEntry(entry, Instant.ofEpochMilli(clock.millis())));
  }

  /// The same for an entry that keeps the time at which it was first written.
  public EncodedEntry encode(WrittenEntry written) {
    var entry = written.entry();
    var at = written.at();
    try {
      var out = new EntryWriter(redactor);
      out.begin();
      out.number("v", VERSION);
      out.token("type", entry.type());
      if (at != null) {
        out.number("t", at.toEpochMilli());
      }
      write(entry, out);
      out.end();
      var record = out.finish(entry.type());
      return new EncodedEntry(out.redacted() ? decode(record) : entry, at, record);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /// The same way for what the bodies of steps write down.
  public SessionCodec sessions() {
    return new SessionCodec(redactor);
  }

  /// Reads a record back.
  ///
  /// @throws mimo.engine.EngineException.StoreFailure `store_corrupt` if it is no entry this
  ///   version knows
  public static JournalEntry decode(JournalRecord record) {
    return EntryReader.read(record).entry();
  }

  /// Reads a record back, with the time at which it was written.
  ///
  /// @throws mimo.engine.EngineException.StoreFailure as [#decode] does
  public static WrittenEntry decodeWritten(JournalRecord record) {
    return EntryReader.read(record);
  }

  private static void write(JournalEntry entry, EntryWriter out) throws IOException {
    switch (entry) {
      case JournalEntry.RunStarted started -> runStarted(started, out);
      case JournalEntry.StepScheduled scheduled -> stepScheduled(scheduled, out);
      case JournalEntry.StepCompleted completed -> stepCompleted(completed, out);
      case JournalEntry.StepFailed failed -> stepFailed(failed, out);
      case JournalEntry.StepSpent spent -> stepSpent(spent, out);
      case JournalEntry.Delivered delivered -> delivered(delivered, out);
      case JournalEntry.LogWritten log -> out.text("text", log.text());
      case JournalEntry.PhaseEntered phase -> out.text("title", phase.title());
      case JournalEntry.BudgetOpened opened -> budgetOpened(opened, out);
      case JournalEntry.RunResumed resumed -> runResumed(resumed, out);
      case JournalEntry.OptionsChanged changed -> optionsChanged(changed, out);
      case JournalEntry.RunParked parked -> runParked(parked, out);
      case JournalEntry.TimerSet set -> timerSet(set, out);
      case JournalEntry.TimerFired fired -> timerFired(fired, out);
      case JournalEntry.GateOpened opened -> gateOpened(opened, out);
      case JournalEntry.GateAnswered answered -> gateAnswered(answered, out);
      case JournalEntry.RunWaited waited -> runWaited(waited, out);
      case JournalEntry.RunPaused paused -> runPaused(paused, out);
      case JournalEntry.ControlApplied applied -> controlApplied(applied, out);
      case JournalEntry.RunEnded ended -> runEnded(ended, out);
      case JournalEntry.Scrubbed scrubbed -> scrubbed(scrubbed, out);
    }
  }

  private static void stepCompleted(JournalEntry.StepCompleted completed, EntryWriter out)
      throws IOException {
    out.number("seq", completed.seq());
    out.json("value", completed.value());
    out.usage(completed.usage());
    out.json("report", completed.report());
    out.json("memo", completed.memo());
    OriginCodec.write(completed.reused(), out);
  }

  private static void stepFailed(JournalEntry.StepFailed failed, EntryWriter out)
      throws IOException {
    out.number("seq", failed.seq());
    out.name("code", failed.code());
    out.text("message", failed.message());
    out.usage(failed.usage());
    out.json("report", failed.report());
  }

  private static void stepSpent(JournalEntry.StepSpent spent, EntryWriter out) throws IOException {
    out.number("seq", spent.seq());
    out.usage(spent.usage());
  }

  private static void delivered(JournalEntry.Delivered delivered, EntryWriter out)
      throws IOException {
    out.beginArray("seqs");
    for (var seq : delivered.seqs()) {
      out.number(seq);
    }
    out.endArray();
    out.instant("clock", delivered.clock());
    out.number("spent", delivered.spent());
  }

  private static void budgetOpened(JournalEntry.BudgetOpened opened, EntryWriter out)
      throws IOException {
    out.number("number", opened.number());
    out.number("parent", opened.parent());
    out.text("name", opened.name());
    out.name("unit", opened.limit().unit());
    out.number("total", opened.limit().total());
  }

  private static void runResumed(JournalEntry.RunResumed resumed, EntryWriter out)
      throws IOException {
    out.instant("at", resumed.at());
    out.number("setAside", resumed.setAside());
  }

  private static void optionsChanged(JournalEntry.OptionsChanged changed, EntryWriter out)
      throws IOException {
    settings("before", changed.before(), out);
    settings("now", changed.now(), out);
    out.instant("at", changed.at());
  }

  private static void runParked(JournalEntry.RunParked parked, EntryWriter out) throws IOException {
    out.token("reason", parked.reason().word());
    out.name("code", parked.code());
    out.text("message", parked.message());
    out.optionalInstant("until", parked.until());
    out.instant("at", parked.at());
  }

  private static void timerSet(JournalEntry.TimerSet set, EntryWriter out) throws IOException {
    out.number("seq", set.seq());
    out.instant("due", set.due());
  }

  private static void timerFired(JournalEntry.TimerFired fired, EntryWriter out)
      throws IOException {
    out.number("seq", fired.seq());
    out.instant("due", fired.due());
    out.instant("at", fired.at());
  }

  private static void gateOpened(JournalEntry.GateOpened opened, EntryWriter out)
      throws IOException {
    out.number("seq", opened.seq());
    out.text("question", opened.question());
    out.json("schema", opened.schema());
    out.json("fallback", opened.fallback());
    out.optionalInstant("expiry", opened.expiry());
  }

  private static void gateAnswered(JournalEntry.GateAnswered answered, EntryWriter out)
      throws IOException {
    out.number("seq", answered.seq());
    out.json("value", answered.answer().value());
    out.text("who", answered.answer().who());
    out.text("channel", answered.answer().channel());
    out.instant("at", answered.at());
  }

  private static void runWaited(JournalEntry.RunWaited waited, EntryWriter out) throws IOException {
    out.instant("from", waited.from());
    out.instant("to", waited.to());
  }

  private static void runPaused(JournalEntry.RunPaused paused, EntryWriter out) throws IOException {
    out.name("code", paused.code());
    out.text("message", paused.message());
    out.instant("at", paused.at());
  }

  private static void controlApplied(JournalEntry.ControlApplied applied, EntryWriter out)
      throws IOException {
    out.number("request", applied.request());
    out.token("action", applied.action());
    out.number("seq", applied.seq());
    out.text("who", applied.who());
    out.instant("at", applied.at());
  }

  private static void scrubbed(JournalEntry.Scrubbed scrubbed, EntryWriter out) throws IOException {
    out.token("oldHead", scrubbed.oldHead());
    out.token("newHead", scrubbed.newHead());
  }

  private static void runStarted(JournalEntry.RunStarted started, EntryWriter out)
      throws IOException {
    var request = started.request();
    out.text("workflow", request.workflow());
    out.beginArray("scripts");
    for (var script : request.scripts()) {
      out.begin();
      out.text("location", script.location());
      out.token("sha256", script.sha256());
      out.end();
    }
    out.endArray();
    out.json("arguments", request.arguments());
    out.json("options", request.options());
    budget(request.budget(), out);
    out.number("deadlineMs", request.deadline().toMillis());
    out.token("seed", started.seed());
    out.token("placeholderKey", started.placeholderKey());
    out.token("engineVersion", started.engineVersion());
    out.number("determinism", started.determinism());
    out.number("generation", started.generation());
    out.instant("at", started.at());
    OriginCodec.write(started.origin(), out);
  }

  private static void settings(String name, RunSettings settings, EntryWriter out)
      throws IOException {
    out.begin(name);
    out.json("options", settings.options());
    budget(settings.budget(), out);
    out.number("deadlineMs", settings.deadline().toMillis());
    out.end();
  }

  private static void budget(BudgetLimit budget, EntryWriter out) throws IOException {
    out.begin("budget");
    out.name("unit", budget.unit());
    if (budget instanceof BudgetLimit.Total(_, var total)) {
      out.number("total", total);
    }
    out.end();
  }

  private static void stepScheduled(JournalEntry.StepScheduled scheduled, EntryWriter out)
      throws IOException {
    ActivityRequest request = scheduled.request();
    out.number("seq", scheduled.seq());
    out.token("kind", request.kind().word());
    out.token("key", request.key().value());
    out.text("path", request.path());
    out.number("occurrence", scheduled.occurrence());
    out.json("input", request.input());
    out.text("label", request.label());
    out.text("phase", request.phase());
    out.position(request.position());
    if (request.budget() != 0) {
      out.number("budget", request.budget());
    }
    if (request.part() != 0) {
      out.number("part", request.part());
    }
  }

  private static void runEnded(JournalEntry.RunEnded ended, EntryWriter out) throws IOException {
    out.token("status", ended.status().name().toLowerCase(Locale.ROOT));
    out.json("value", ended.value());
    out.name("code", ended.code());
    out.text("message", ended.message());
    out.position(ended.position());
    out.beginArray("losses");
    for (Loss loss : ended.losses()) {
      out.begin();
      out.number("seq", loss.seq());
      out.text("label", loss.label());
      out.text("phase", loss.phase());
      out.text("reason", loss.reason());
      out.end();
    }
    out.endArray();
    out.usage(ended.usage());
    out.instant("at", ended.at());
  }
}
