package mimo.sandbox.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// Reads frames from a stream. Confined to one thread.
public final class FrameReader {

  private final InputStream in;
  private final FrameCaps caps;
  private long read;

  public FrameReader(InputStream in, FrameCaps caps) {
    this.in = in;
    this.caps = caps;
  }

  /// The next frame's bytes, or null at the end of the stream.
  ///
  /// @throws FrameException if the length is out of range or the stream ends inside the frame
  public byte @Nullable [] nextBytes() throws IOException {
    byte[] head = in.readNBytes(Integer.BYTES);
    if (head.length == 0) {
      return null;
    }
    if (head.length < Integer.BYTES) {
      throw FrameException.malformed("the stream ends inside a frame's length");
    }
    int length = ByteBuffer.wrap(head).getInt();
    if (length < 2 || length > caps.frameBytes()) {
      throw FrameException.malformed(
          "a frame claims %d bytes; at most %d are allowed".formatted(length, caps.frameBytes()));
    }
    read = caps.admit(length, read);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw FrameException.malformed(
          "the stream ends inside a frame: %d of %d bytes".formatted(body.length, length));
    }
    return body;
  }

  /// The next frame for a worker.
  ///
  /// @throws EOFException at the end of the stream
  public Frame.ToWorker nextToWorker() throws IOException {
    byte[] bytes = nextBytes();
    if (bytes == null) {
      throw new EOFException("the parent has closed the pipe");
    }
    var fields = Envelope.parse(bytes, caps.depth());
    return switch (fields.text("kind")) {
      case "compile" -> new Frame.Compile(guest(fields), source(fields));
      case "module" -> new Frame.Module(guest(fields), source(fields));
      case "link" -> new Frame.Link(guest(fields), fields.text("file"), fields.texts("targets"));
      case "erase" -> new Frame.Erase(source(fields));
      case "library" -> new Frame.Library(source(fields));
      case "start" -> new Frame.Start(guest(fields), fields.texts("library"), launch(fields));
      case "settle" -> new Frame.Settle(guest(fields), fields.number("call"), settlement(fields));
      case "leave" -> new Frame.Leave(guest(fields));
      case String other -> throw FrameException.malformed("unknown kind of frame " + quoted(other));
    };
  }

  /// What a worker's frame says.
  public Frame.FromWorker parse(byte[] bytes) {
    var fields = Envelope.parse(bytes, caps.depth());
    return switch (fields.text("kind")) {
      case "ready" -> new Frame.Ready();
      case "compiled" -> new Frame.Judged(compiled(fields));
      case "rejected" -> new Frame.Judged(rejected(fields));
      case "erased" -> new Frame.Erased(fields.text("text"));
      case "idle" -> new Frame.Idle(fields.longNumber("lastFrame"), fields.optionalPosition());
      case "call" -> new Frame.Told(guest(fields), called(fields));
      case "note" -> new Frame.Told(guest(fields), noted(fields));
      case "finished" ->
          new Frame.Told(guest(fields), new GuestEvent.Finished(fields.json("value")));
      case "failed" -> new Frame.Told(guest(fields), new GuestEvent.Failed(fields.fault("fault")));
      case String other -> throw FrameException.malformed("unknown kind of frame " + quoted(other));
    };
  }

  private static int guest(Envelope fields) {
    return fields.has("guest") ? fields.number("guest") : Frame.FIRST_GUEST;
  }

  private static Compilation.Compiled compiled(Envelope fields) {
    var imports = new ArrayList<Compilation.Import>();
    for (var entry : fields.objects("imports")) {
      imports.add(new Compilation.Import(entry.text("specifier"), entry.position()));
    }
    var schemas = new ArrayList<Compilation.SchemaLiteral>();
    for (var entry : fields.objects("schemas")) {
      schemas.add(new Compilation.SchemaLiteral(entry.text("json"), entry.position()));
    }
    return new Compilation.Compiled(
        fields.json("meta"),
        imports,
        references(fields, "free"),
        schemas,
        references(fields, "options"),
        references(fields, "scripts"));
  }

  private static List<Compilation.Reference> references(Envelope fields, String name) {
    var references = new ArrayList<Compilation.Reference>();
    for (var entry : fields.objects(name)) {
      references.add(new Compilation.Reference(entry.text("name"), entry.position()));
    }
    return references;
  }

  private static Compilation.Rejected rejected(Envelope fields) {
    var faults = fields.faults("faults");
    if (faults.isEmpty()) {
      throw FrameException.malformed("a rejection without a fault");
    }
    return new Compilation.Rejected(faults);
  }

  private static GuestEvent.Called called(Envelope fields) {
    return new GuestEvent.Called(
        fields.number("call"),
        fields.text("function"),
        fields.json("arguments"),
        fields.text("path"),
        fields.json("tags"),
        fields.position());
  }

  private static GuestEvent.Noted noted(Envelope fields) {
    return new GuestEvent.Noted(
        fields.text("function"),
        fields.json("arguments"),
        fields.text("path"),
        fields.json("tags"),
        fields.position());
  }

  private static ScriptSource source(Envelope fields) {
    return new ScriptSource(fields.text("name"), fields.text("text"));
  }

  private static GuestLaunch launch(Envelope fields) {
    return new GuestLaunch(
        List.of(),
        fields.has("arguments") ? fields.json("arguments") : null,
        fields.json("settings"),
        fields.text("seed"),
        clock(fields),
        fields.longNumber("spent"));
  }

  private static Settlement settlement(Envelope fields) {
    long spent = fields.longNumber("spent");
    if (fields.has("value")) {
      return new Settlement.Resolved(fields.json("value"), clock(fields), spent);
    }
    return new Settlement.Rejected(
        fields.text("code"), fields.text("message"), clock(fields), spent);
  }

  private static Instant clock(Envelope fields) {
    return Instant.ofEpochMilli(fields.longNumber("clock"));
  }

  private static String quoted(String kind) {
    return "\"" + kind.substring(0, Math.min(kind.length(), 40)) + "\"";
  }
}
