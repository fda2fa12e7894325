package mimo.engine.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import mimo.engine.EngineLimits;
import mimo.engine.SourcePosition;
import mimo.engine.redaction.Redactor;
import org.jspecify.annotations.Nullable;

/// Writes the members of one entry. Text from outside has no way past the redactor: [#text] and
/// [#json] clean what they write, and [#token] is for what the engine itself made.
final class EntryWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private final Redactor redactor;
  private final StringWriter body = new StringWriter();
  private final JsonGenerator out;
  private final Map<String, String> blobs = new HashMap<>();
  private boolean redacted;

  EntryWriter(Redactor redactor) throws IOException {
    this.redactor = redactor;
    this.out = JSON.createGenerator(body);
  }

  /// Whether the redactor changed anything that was written.
  boolean redacted() {
    return redacted;
  }

  JournalRecord finish(String type) throws IOException {
    out.close();
    return new JournalRecord(type, WellFormed.json(body.toString()), blobs);
  }

  void begin() throws IOException {
    out.writeStartObject();
  }

  void begin(String name) throws IOException {
    out.writeObjectFieldStart(name);
  }

  void beginArray(String name) throws IOException {
    out.writeArrayFieldStart(name);
  }

  void end() throws IOException {
    out.writeEndObject();
  }

  void endArray() throws IOException {
    out.writeEndArray();
  }

  void number(String name, long value) throws IOException {
    out.writeNumberField(name, value);
  }

  void number(long value) throws IOException {
    out.writeNumber(value);
  }

  /// What the engine made itself: a digest, a key, a word of its own.
  void token(String name, String value) throws IOException {
    out.writeStringField(name, value);
  }

  void instant(String name, Instant value) throws IOException {
    out.writeStringField(name, value.toString());
  }

  void optionalInstant(String name, @Nullable Instant value) throws IOException {
    if (value != null) {
      instant(name, value);
    }
  }

  /// Plain text from outside.
  void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      string(name, noting(value, redactor.clean(value)));
    }
  }

  /// A word from outside by which readers find things.
  void name(String name, @Nullable String value) throws IOException {
    if (value != null) {
      string(name, noting(value, redactor.cleanName(value)));
    }
  }

  /// JSON text from outside.
  void json(String name, @Nullable String value) throws IOException {
    if (value != null) {
      string(name, noting(value, redactor.cleanJson(value)));
    }
  }

  void usage(Map<String, Long> usage) throws IOException {
    out.writeObjectFieldStart("usage");
    for (var unit : usage.entrySet()) {
      var name = unit.getKey();
      out.writeNumberField(noting(name, redactor.cleanName(name)), unit.getValue());
    }
    out.writeEndObject();
  }

  void position(@Nullable SourcePosition position) throws IOException {
    if (position != null) {
      begin("position");
      text("file", position.file());
      number("line", position.line());
      number("column", position.column());
      end();
    }
  }

  private String noting(String before, String after) {
    redacted |= !before.equals(after);
    return after;
  }

  private void string(String name, String value) throws IOException {
    if (!isLarge(value)) {
      out.writeStringField(name, value);
      return;
    }
    var digest = Digests.hex(value);
    blobs.put(digest, value);
    out.writeObjectFieldStart(name);
    out.writeStringField("blob", digest);
    out.writeEndObject();
  }

  /// A text that UTF-8 cannot hold stays inline, where an escape can say it.
  private static boolean isLarge(String value) {
    if (value.length() * 3L <= EngineLimits.INLINE_VALUE_BYTES) {
      return false;
    }
    return value.getBytes(StandardCharsets.UTF_8).length > EngineLimits.INLINE_VALUE_BYTES
        && WellFormed.is(value);
  }
}
