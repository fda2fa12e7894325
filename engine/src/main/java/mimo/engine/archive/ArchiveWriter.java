package mimo.engine.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.archive.ArchivedRun.ArchivedStream;
import mimo.engine.journal.Chain;
import mimo.engine.journal.Digests;
import mimo.engine.journal.JournalRecord;

/// Writes an archived run, one line of JSON after the other. The same run makes the same bytes.
public final class ArchiveWriter {

  /// The form of the file; another form is another number.
  static final int VERSION = 1;

  private static final JsonFactory JSON = new JsonFactory();

  private final Writer out;
  private final MessageDigest digest = Digests.sha256();
  private final Set<String> written = new HashSet<>();

  private ArchiveWriter(Writer out) {
    this.out = out;
  }

  /// @param out is not closed
  public static void write(ArchivedRun run, Writer out) throws IOException {
    new ArchiveWriter(out).write(run);
  }

  /// The same for a session that belongs to no run.
  ///
  /// @param out is not closed
  public static void write(ArchivedSession session, Writer out) throws IOException {
    new ArchiveWriter(out).write(session);
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private void write(ArchivedRun run) throws IOException {
    line(json -> {
      json.writeNumberField("mimorun", VERSION);
      json.writeStringField("run", run.run().value());
    });
    for (var script : run.scripts()) {
      write(script);
    }
    for (var stream : run.streams()) {
      write(stream);
    }
    end();
  }

  private void write(ArchivedSession session) throws IOException {
    line(json -> {
      json.writeNumberField("mimosession", VERSION);
      json.writeStringField("session", session.id().value());
    });
    write(session.stream());
    end();
  }

  /// The last line vouches for all before it.
  private void end() throws IOException {
    var end = HexFormat.of().formatHex(digest.digest());
    line(json -> json.writeStringField("end", end));
    out.flush();
  }

  private void write(ArchivedScript script) throws IOException {
    line(json -> {
      json.writeStringField("script", script.location());
      json.writeStringField("sha256", script.sha256());
      json.writeStringField("text", script.text());
    });
  }

  private void write(ArchivedStream stream) throws IOException {
    line(json -> {
      json.writeStringField("stream", stream.id().kind());
      json.writeStringField("name", stream.id().name());
    });
    long number = 0;
    for (var record : stream.records()) {
      number++;
      write(number, record);
    }
    long entries = number;
    line(json -> {
      json.writeStringField("head", Chain.head(stream.id(), stream.records()));
      json.writeNumberField("entries", entries);
    });
  }

  /// The body stands there as it is stored, since its bytes are what the chain is made of.
  private void write(long number, JournalRecord record) throws IOException {
    for (var blob : new TreeMap<>(record.blobs()).entrySet()) {
      if (written.add(blob.getKey())) {
        line(json -> {
          json.writeStringField("blob", blob.getKey());
          json.writeStringField("text", blob.getValue());
        });
      }
    }
    line(json -> {
      json.writeNumberField("entry", number);
      json.writeStringField("type", record.type());
      json.writeArrayFieldStart("blobs");
      for (var blob : record.blobs().keySet().stream().sorted().toList()) {
        json.writeString(blob);
      }
      json.writeEndArray();
      json.writeFieldName("body");
      json.writeRawValue(record.body());
    });
  }

  private void line(Members members) throws IOException {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    }
    var line = text.append('\n').toString();
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    out.write(line);
  }
}
