package mimo.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import mimo.engine.ActivityRequest;
import mimo.engine.BudgetLimit;
import mimo.engine.ContentKey;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.EngineLimits;
import mimo.engine.GateAnswer;
import mimo.engine.Loss;
import mimo.engine.ParkReason;
import mimo.engine.RunEvent;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.SessionId;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import org.jspecify.annotations.Nullable;

/// Reads the members of one record back into the entry it was.
final class EntryReader {

  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode node;
  private final Map<String, String> blobs;

  private EntryReader(JsonNode node, Map<String, String> blobs) {
    this.node = node;
    this.blobs = blobs;
  }

  static WrittenEntry read(JournalRecord record) {
    return read(record, reader -> new WrittenEntry(reader.entry(), reader.written()));
  }

  static SessionEntry readSession(JournalRecord record) {
    return read(record, EntryReader::sessionEntry);
  }

  static SessionOpening readOpening(JournalRecord record) {
    return read(record, EntryReader::sessionOpening);
  }

  private static <T> T read(JournalRecord record, Function<EntryReader, T> reading) {
    try {
      return reading.apply(new EntryReader(JSON.readTree(record.body()), record.blobs()));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new StoreFailure(
          "store_corrupt", "a " + record.type() + " entry cannot be read: " + e.getMessage(), e);
    }
  }

  private @Nullable Instant written() {
    var at = node.get("t");
    return at == null ? null : Instant.ofEpochMilli(at.asLong());
  }

  private void checkVersion() {
    var version = integer("v");
    if (version != JournalCodec.VERSION) {
      throw new IllegalArgumentException(
          "it has version " + version + ", this mimo reads version " + JournalCodec.VERSION);
    }
  }

  private SessionEntry sessionEntry() {
    checkVersion();
    return new SessionEntry(text("type"), text("data"), instant("at"));
  }

  private SessionOpening sessionOpening() {
    checkVersion();
    var type = text("type");
    if (!type.equals(SessionOpening.TYPE)) {
      throw new IllegalArgumentException("a session begins with " + SessionOpening.TYPE);
    }
    return new SessionOpening(text("data"), text("placeholderKey"), sessionFork(), instant("at"));
  }

  private SessionOpening.@Nullable Fork sessionFork() {
    if (!node.has("fork")) {
      return null;
    }
    var fork = new EntryReader(node.get("fork"), blobs);
    return new SessionOpening.Fork(
        new SessionId(fork.text("parent")), fork.node.path("entries").asLong());
  }

  private JournalEntry entry() {
    checkVersion();
    var type = text("type");
    return switch (type) {
      case JournalEntry.RunStarted.TYPE -> runStarted();
      case JournalEntry.StepScheduled.TYPE -> stepScheduled();
      case JournalEntry.StepCompleted.TYPE ->
          new JournalEntry.StepCompleted(
              integer("seq"),
              text("value"),
              usage(),
              text("report"),
              optionalText("memo"),
              OriginCodec.reused(node.path("reused")));
      case JournalEntry.StepFailed.TYPE ->
          new JournalEntry.StepFailed(
              integer("seq"), text("code"), text("message"), usage(), text("report"));
      case JournalEntry.StepSpent.TYPE -> new JournalEntry.StepSpent(integer("seq"), usage());
      case JournalEntry.Delivered.TYPE ->
          new JournalEntry.Delivered(seqs(), instant("clock"), node.path("spent").asLong());
      case JournalEntry.LogWritten.TYPE -> new JournalEntry.LogWritten(text("text"));
      case JournalEntry.PhaseEntered.TYPE -> new JournalEntry.PhaseEntered(text("title"));
      case JournalEntry.BudgetOpened.TYPE ->
          new JournalEntry.BudgetOpened(
              integer("number"),
              integer("parent"),
              text("name"),
              new BudgetLimit.Total(text("unit"), node.path("total").asLong()));
      case JournalEntry.RunResumed.TYPE ->
          new JournalEntry.RunResumed(instant("at"), integer("setAside"));
      case JournalEntry.OptionsChanged.TYPE ->
          new JournalEntry.OptionsChanged(settings("before"), settings("now"), instant("at"));
      case JournalEntry.RunParked.TYPE ->
          new JournalEntry.RunParked(
              ParkReason.of(text("reason")),
              text("code"),
              text("message"),
              optionalInstant("until"),
              instant("at"));
      case JournalEntry.RunPaused.TYPE ->
          new JournalEntry.RunPaused(text("code"), text("message"), instant("at"));
      case JournalEntry.ControlApplied.TYPE ->
          new JournalEntry.ControlApplied(
              node.path("request").asLong(),
              text("action"),
              integer("seq"),
              text("who"),
              instant("at"));
      case JournalEntry.RunEnded.TYPE -> runEnded();
      case JournalEntry.Scrubbed.TYPE ->
          new JournalEntry.Scrubbed(text("oldHead"), text("newHead"));
      default -> waiting(type);
    };
  }

  /// What concerns a step that waits for time or for people.
  private JournalEntry waiting(String type) {
    return switch (type) {
      case JournalEntry.TimerSet.TYPE -> new JournalEntry.TimerSet(integer("seq"), instant("due"));
      case JournalEntry.TimerFired.TYPE ->
          new JournalEntry.TimerFired(integer("seq"), instant("due"), instant("at"));
      case JournalEntry.GateOpened.TYPE ->
          new JournalEntry.GateOpened(
              integer("seq"),
              text("question"),
              text("schema"),
              optionalText("fallback"),
              optionalInstant("expiry"));
      case JournalEntry.GateAnswered.TYPE -> gateAnswered();
      case JournalEntry.RunWaited.TYPE ->
          new JournalEntry.RunWaited(instant("from"), instant("to"));
      default -> throw new IllegalArgumentException("its type '" + type + "' is unknown");
    };
  }

  private JournalEntry runStarted() {
    var scripts = new ArrayList<RunRequest.ScriptDigest>();
    for (var script : members("scripts")) {
      scripts.add(new RunRequest.ScriptDigest(script.text("location"), script.text("sha256")));
    }
    var request =
        new RunRequest(
            text("workflow"), scripts, text("arguments"), text("options"), budget(), deadline());
    return new JournalEntry.RunStarted(
        request,
        text("seed"),
        text("placeholderKey"),
        text("engineVersion"),
        integer("determinism"),
        integer("generation"),
        instant("at"),
        OriginCodec.origin(node.path("origin")));
  }

  private RunSettings settings(String name) {
    var settings = new EntryReader(node.path(name), blobs);
    return new RunSettings(settings.text("options"), settings.budget(), settings.deadline());
  }

  /// Runs of before there were deadlines had the usual one.
  private Duration deadline() {
    var millis = node.path("deadlineMs");
    return millis.isMissingNode() ? EngineLimits.DEADLINE : Duration.ofMillis(millis.asLong());
  }

  private BudgetLimit budget() {
    var budget = new EntryReader(node.path("budget"), blobs);
    var unit = budget.text("unit");
    var total = budget.node.get("total");
    return total == null
        ? new BudgetLimit.Unlimited(unit)
        : new BudgetLimit.Total(unit, total.asLong());
  }

  private JournalEntry stepScheduled() {
    var request =
        new ActivityRequest(
            StepKind.valueOf(text("kind").toUpperCase(Locale.ROOT)),
            new ContentKey(text("key")),
            text("path"),
            text("input"),
            text("label"),
            text("phase"),
            position(),
            node.path("budget").asInt(),
            node.path("part").asInt());
    return new JournalEntry.StepScheduled(integer("seq"), request, integer("occurrence"));
  }

  private JournalEntry gateAnswered() {
    var answer = new GateAnswer(text("value"), text("who"), text("channel"));
    return new JournalEntry.GateAnswered(integer("seq"), answer, instant("at"));
  }

  private JournalEntry runEnded() {
    var losses = new ArrayList<Loss>();
    for (var loss : members("losses")) {
      losses.add(
          new Loss(
              loss.integer("seq"), loss.text("label"), loss.text("phase"), loss.text("reason")));
    }
    return new JournalEntry.RunEnded(
        RunEvent.Status.valueOf(text("status").toUpperCase(Locale.ROOT)),
        optionalText("value"),
        optionalText("code"),
        optionalText("message"),
        position(),
        losses,
        usage(),
        instant("at"));
  }

  private @Nullable SourcePosition position() {
    if (!node.has("position")) {
      return null;
    }
    var position = new EntryReader(node.get("position"), blobs);
    return new SourcePosition(
        position.text("file"), position.integer("line"), position.integer("column"));
  }

  private List<EntryReader> members(String name) {
    var members = new ArrayList<EntryReader>();
    node.path(name).forEach(member -> members.add(new EntryReader(member, blobs)));
    return members;
  }

  private List<Integer> seqs() {
    var seqs = new ArrayList<Integer>();
    node.path("seqs").forEach(seq -> seqs.add(seq.asInt()));
    return seqs;
  }

  private Map<String, Long> usage() {
    var usage = new TreeMap<String, Long>();
    node.path("usage")
        .properties()
        .forEach(unit -> usage.put(unit.getKey(), unit.getValue().asLong()));
    return usage;
  }

  private int integer(String name) {
    var value = node.get(name);
    if (value == null || !value.isInt()) {
      throw new IllegalArgumentException("it has no whole number '" + name + "'");
    }
    return value.intValue();
  }

  private Instant instant(String name) {
    return Instant.parse(text(name));
  }

  private @Nullable Instant optionalInstant(String name) {
    return node.has(name) ? instant(name) : null;
  }

  private String text(String name) {
    var value = optionalText(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no text '" + name + "'");
    }
    return value;
  }

  private @Nullable String optionalText(String name) {
    var value = node.get(name);
    if (value == null) {
      return null;
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    var digest = value.path("blob").asText();
    var blob = blobs.get(digest);
    if (blob == null) {
      throw new IllegalArgumentException("its value '" + name + "' (" + digest + ") is missing");
    }
    return blob;
  }
}
