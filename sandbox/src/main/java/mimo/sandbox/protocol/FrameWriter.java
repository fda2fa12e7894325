package mimo.sandbox.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// Writes frames to a stream. Confined to one thread. JSON values are copied as they are, byte for
/// byte.
public final class FrameWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int REPLACEMENT = 0xFFFD;

  private final OutputStream out;
  private final FrameCaps caps;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private long written;

  public FrameWriter(OutputStream out, FrameCaps caps) {
    this.out = out;
    this.caps = caps;
  }

  /// Writes one frame; [#flush] sends it.
  ///
  /// @throws FrameException if the frame or the sum of all is over its cap; nothing was written
  public void write(Frame frame) throws IOException {
    buffer.reset();
    try (var json = JSON.createGenerator(buffer)) {
      json.writeStartObject();
      json.writeNumberField("v", Frame.VERSION);
      switch (frame) {
        case Frame.ToWorker toWorker -> toWorker(json, toWorker);
        case Frame.FromWorker fromWorker -> fromWorker(json, fromWorker);
      }
      json.writeEndObject();
    }
    written = caps.admit(buffer.size(), written);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(buffer.size()).array());
    buffer.writeTo(out);
  }

  public void flush() throws IOException {
    out.flush();
  }

  private static void toWorker(JsonGenerator json, Frame.ToWorker frame) throws IOException {
    switch (frame) {
      case Frame.Compile compile -> {
        guest(json, compile.guest());
        source(json, "compile", compile.source());
      }
      case Frame.Module module -> {
        guest(json, module.guest());
        source(json, "module", module.source());
      }
      case Frame.Link link -> {
        guest(json, link.guest());
        json.writeStringField("kind", "link");
        json.writeStringField("file", link.file());
        texts(json, "targets", link.targets());
      }
      case Frame.Erase erase -> source(json, "erase", erase.source());
      case Frame.Library library -> source(json, "library", library.source());
      case Frame.Start start -> {
        guest(json, start.guest());
        json.writeStringField("kind", "start");
        texts(json, "library", start.library());
        launch(json, start.launch());
      }
      case Frame.Settle settle -> {
        guest(json, settle.guest());
        settle(json, settle.call(), settle.settlement());
      }
      case Frame.Leave leave -> {
        guest(json, leave.guest());
        json.writeStringField("kind", "leave");
      }
    }
  }

  private static void launch(JsonGenerator json, GuestLaunch launch) throws IOException {
    if (launch.arguments() != null) {
      raw(json, "arguments", launch.arguments());
    }
    raw(json, "settings", launch.settings());
    text(json, "seed", launch.seed());
    json.writeNumberField("clock", launch.clock().toEpochMilli());
    json.writeNumberField("spent", launch.spent());
  }

  /// Most runs have one guest: its frames do without a number.
  private static void guest(JsonGenerator json, int guest) throws IOException {
    if (guest != Frame.FIRST_GUEST) {
      json.writeNumberField("guest", guest);
    }
  }

  private static void texts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void source(JsonGenerator json, String kind, ScriptSource source)
      throws IOException {
    json.writeStringField("kind", kind);
    text(json, "name", source.name());
    text(json, "text", source.text());
  }

  private static void settle(JsonGenerator json, int call, Settlement settlement)
      throws IOException {
    json.writeStringField("kind", "settle");
    json.writeNumberField("call", call);
    json.writeNumberField("clock", settlement.clock().toEpochMilli());
    json.writeNumberField("spent", settlement.spent());
    switch (settlement) {
      case Settlement.Resolved resolved -> raw(json, "value", resolved.value());
      case Settlement.Rejected rejected -> {
        text(json, "code", rejected.code());
        text(json, "message", rejected.message());
      }
    }
  }

  private static void fromWorker(JsonGenerator json, Frame.FromWorker frame) throws IOException {
    switch (frame) {
      case Frame.Ready _ -> json.writeStringField("kind", "ready");
      case Frame.Judged judged -> judged(json, judged.compilation());
      case Frame.Erased erased -> {
        json.writeStringField("kind", "erased");
        text(json, "text", erased.text());
      }
      case Frame.Told told -> {
        guest(json, told.guest());
        told(json, told.event());
      }
      case Frame.Idle idle -> {
        json.writeStringField("kind", "idle");
        json.writeNumberField("lastFrame", idle.lastFrame());
        position(json, idle.waiting());
      }
    }
  }

  private static void judged(JsonGenerator json, Compilation compilation) throws IOException {
    switch (compilation) {
      case Compilation.Compiled compiled -> compiled(json, compiled);
      case Compilation.Rejected rejected -> rejected(json, rejected.faults());
    }
  }

  private static void compiled(JsonGenerator json, Compilation.Compiled compiled)
      throws IOException {
    json.writeStringField("kind", "compiled");
    raw(json, "meta", compiled.meta());
    json.writeArrayFieldStart("imports");
    for (var wanted : compiled.imports()) {
      json.writeStartObject();
      json.writeStringField("specifier", wanted.specifier());
      position(json, wanted.position());
      json.writeEndObject();
    }
    json.writeEndArray();
    references(json, "free", compiled.free());
    references(json, "options", compiled.options());
    references(json, "scripts", compiled.scripts());
    json.writeArrayFieldStart("schemas");
    for (var schema : compiled.schemas()) {
      json.writeStartObject();
      text(json, "json", schema.json());
      position(json, schema.position());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void references(
      JsonGenerator json, String field, List<Compilation.Reference> references) throws IOException {
    json.writeArrayFieldStart(field);
    for (var reference : references) {
      json.writeStartObject();
      text(json, "name", reference.name());
      position(json, reference.position());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rejected(JsonGenerator json, List<ScriptFault> faults) throws IOException {
    json.writeStringField("kind", "rejected");
    json.writeArrayFieldStart("faults");
    for (var fault : faults) {
      fault(json, fault);
    }
    json.writeEndArray();
  }

  private static void told(JsonGenerator json, GuestEvent event) throws IOException {
    switch (event) {
      case GuestEvent.Called(var call, var function, var arguments, var path, var tags, var at) -> {
        json.writeStringField("kind", "call");
        json.writeNumberField("call", call);
        spoken(json, function, arguments, path, tags, at);
      }
      case GuestEvent.Noted(var function, var arguments, var path, var tags, var at) -> {
        json.writeStringField("kind", "note");
        spoken(json, function, arguments, path, tags, at);
      }
      case GuestEvent.Finished finished -> {
        json.writeStringField("kind", "finished");
        raw(json, "value", finished.value());
      }
      case GuestEvent.Failed failed -> {
        json.writeStringField("kind", "failed");
        json.writeFieldName("fault");
        fault(json, failed.fault());
      }
      case GuestEvent.Idle idle ->
          throw new IllegalArgumentException(idle + " travels as a frame of its own");
    }
  }

  private static void spoken(
      JsonGenerator json,
      String function,
      String arguments,
      String path,
      String tags,
      Position position)
      throws IOException {
    text(json, "function", function);
    raw(json, "arguments", arguments);
    text(json, "path", path);
    raw(json, "tags", tags);
    position(json, position);
  }

  private static void fault(JsonGenerator json, ScriptFault fault) throws IOException {
    json.writeStartObject();
    text(json, "code", fault.code());
    text(json, "name", fault.name());
    text(json, "message", fault.message());
    json.writeNumberField("line", fault.line());
    json.writeNumberField("column", fault.column());
    text(json, "stack", fault.stack());
    text(json, "file", fault.file());
    json.writeEndObject();
  }

  private static void position(JsonGenerator json, @Nullable Position position) throws IOException {
    if (position != null) {
      json.writeNumberField("line", position.line());
      json.writeNumberField("column", position.column());
      if (!position.file().isEmpty()) {
        json.writeStringField("file", position.file());
      }
    }
  }

  /// Text of a script or a provider may hold half a surrogate pair, which no UTF-8 can carry.
  private static void text(JsonGenerator json, String field, String value) throws IOException {
    boolean whole = value.codePoints().noneMatch(FrameWriter::half);
    json.writeStringField(field, whole ? value : replaced(value));
  }

  private static boolean half(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String replaced(String value) {
    return value
        .codePoints()
        .map(point -> half(point) ? REPLACEMENT : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void raw(JsonGenerator json, String field, String value) throws IOException {
    json.writeFieldName(field);
    json.writeRawValue(value);
  }
}
