package mimo.engine.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import mimo.engine.EngineException.ArchiveRefused;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.RunId;
import mimo.engine.SessionId;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.archive.ArchivedRun.ArchivedStream;
import mimo.engine.journal.Chain;
import mimo.engine.journal.Digests;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.SessionCodec;
import mimo.engine.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// Reads an archived run or session and believes nothing: each large value must fit its digest,
/// each stream its hash, each entry must be one this mimo knows, and the file must have its end.
public final class ArchiveReader {

  private final BufferedReader in;
  private final MessageDigest digest = Digests.sha256();
  private final Map<String, String> blobs = new HashMap<>();
  private final List<ArchivedScript> scripts = new ArrayList<>();
  private final List<ArchivedStream> streams = new ArrayList<>();
  private final List<JournalRecord> records = new ArrayList<>();
  private @Nullable StreamId stream;
  private int number;

  private ArchiveReader(BufferedReader in) {
    this.in = in;
  }

  /// @param in is not closed
  /// @throws ArchiveRefused `archive_invalid` or `archive_newer`
  public static ArchivedRun read(BufferedReader in) throws IOException {
    return read(in, ArchiveReader::run);
  }

  /// The same for a session that belongs to no run.
  ///
  /// @param in is not closed
  /// @throws ArchiveRefused `archive_invalid` or `archive_newer`
  public static ArchivedSession readSession(BufferedReader in) throws IOException {
    return read(in, ArchiveReader::session);
  }

  private interface Reading<T> {
    T from(ArchiveReader reader) throws IOException;
  }

  private static <T> T read(BufferedReader in, Reading<T> reading) throws IOException {
    var reader = new ArchiveReader(in);
    try {
      return reading.from(reader);
    } catch (JsonProcessingException e) {
      throw invalid(reader.number, "it is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | StoreFailure e) {
      throw invalid(reader.number, e.getMessage(), e);
    }
  }

  private static ArchiveRefused invalid(int line, @Nullable String why, Exception cause) {
    return new ArchiveRefused("archive_invalid", "line " + line + ": " + why, cause);
  }

  private ArchivedRun run() throws IOException {
    var first = whole("mimorun", "this is no exported run");
    require(streams.stream().noneMatch(ArchiveReader::isChat), "a stream is of another kind");
    return new ArchivedRun(new RunId(first.text("run")), streams, scripts);
  }

  private ArchivedSession session() throws IOException {
    var first = whole("mimosession", "this is no exported session");
    require(streams.size() == 1 && isChat(streams.getFirst()), "it holds no one session");
    require(scripts.isEmpty(), "a session has no scripts");
    return new ArchivedSession(new SessionId(first.text("session")), streams.getFirst().records());
  }

  private static boolean isChat(ArchivedStream stream) {
    return stream.id().kind().equals(StreamId.CHAT);
  }

  /// Reads all of the file.
  ///
  /// @return its first line
  private ArchiveLine whole(String mark, String otherwise) throws IOException {
    var text = next();
    var first = ArchiveLine.parse(text);
    require(first.has(mark), otherwise);
    if (first.number(mark) > ArchiveWriter.VERSION) {
      throw new ArchiveRefused(
          "archive_newer",
          "it has version %s, this mimo reads versions up to %d"
              .formatted(first.text(mark), ArchiveWriter.VERSION),
          null);
    }
    count(text);
    text = next();
    for (var line = ArchiveLine.parse(text); !line.has("end"); line = ArchiveLine.parse(text)) {
      take(line);
      count(text);
      text = next();
    }
    finish(ArchiveLine.parse(text));
    return first;
  }

  private void count(String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void finish(ArchiveLine end) throws IOException {
    require(
        end.text("end").equals(HexFormat.of().formatHex(digest.digest())), "the file was changed");
    require(stream == null, "a stream has no end");
    require(in.readLine() == null, "the file goes on after its end");
  }

  private String next() throws IOException {
    number++;
    var line = in.readLine();
    if (line == null) {
      throw new IllegalArgumentException("the file ends too early");
    }
    return line;
  }

  private void take(ArchiveLine line) {
    if (line.has("script")) {
      scripts.add(new ArchivedScript(line.text("script"), line.text("sha256"), line.text("text")));
    } else if (line.has("stream")) {
      require(stream == null, "a stream begins inside another");
      stream = new StreamId(line.text("stream"), line.text("name"));
    } else if (line.has("blob")) {
      require(Digests.hex(line.text("text")).equals(line.text("blob")), "a value is damaged");
      blobs.put(line.text("blob"), line.text("text"));
    } else if (line.has("entry")) {
      take(record(line), line.number("entry"));
    } else {
      close(line);
    }
  }

  private JournalRecord record(ArchiveLine line) {
    var values = new HashMap<String, String>();
    for (var digest : line.list()) {
      var value = blobs.get(digest);
      if (value == null) {
        throw new IllegalArgumentException("the value " + digest + " is missing");
      }
      values.put(digest, value);
    }
    var body = line.body();
    if (body == null) {
      throw new IllegalArgumentException("the entry has no body");
    }
    return new JournalRecord(line.text("type"), body, values);
  }

  private void take(JournalRecord record, int entry) {
    var open = stream;
    if (open == null || entry != records.size() + 1) {
      throw new IllegalArgumentException("entry " + entry + " is out of order");
    }
    var type =
        open.kind().equals(StreamId.RUN)
            ? JournalCodec.decode(record).type()
            : SessionCodec.decode(record).type();
    require(type.equals(record.type()), "the entry is of another type");
    records.add(record);
  }

  /// The line after a stream's last entry vouches for all of them.
  private void close(ArchiveLine line) {
    var head = line.text("head");
    var open = stream;
    if (open == null
        || line.number("entries") != records.size()
        || !Chain.head(open, records).equals(head)) {
      throw new IllegalArgumentException("the entries before it are damaged");
    }
    require(!open.kind().equals(StreamId.RUN) || begins(records), "a run has no beginning");
    if (open.kind().equals(StreamId.CHAT)) {
      require(!records.isEmpty(), "a session has no beginning");
      var _ = SessionCodec.decodeOpening(records.getFirst());
    }
    streams.add(new ArchivedStream(open, records));
    records.clear();
    stream = null;
  }

  private static boolean begins(List<JournalRecord> records) {
    return !records.isEmpty() && records.getFirst().type().equals(RunStarted.TYPE);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
