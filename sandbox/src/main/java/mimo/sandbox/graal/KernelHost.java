package mimo.sandbox.graal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// The one object of this process that the kernel holds. Only the kernel's closures see it, text
/// and numbers go through it, and its methods throw nothing a script could catch.
///
/// Public because the engine calls its methods by reflection.
public final class KernelHost {

  /// A message may hold half a surrogate pair, for which UTF-8 has no bytes: it becomes an escape.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final int MESSAGE_BYTES = 8 * 1024;
  private static final int SUFFIX_CHARS = 24;

  /// Frames of a method that does nothing; a compiled one takes at least 32 bytes. A call of the
  /// host was seen to need 20 KiB at most.
  private static final int RESERVED_FRAMES = 2_000;

  private final SandboxLimits limits;
  private final Consumer<GuestEvent> events;
  private GuestFiles files = GuestFiles.NONE;
  private StackText stacks;

  KernelHost(SandboxLimits limits, Consumer<GuestEvent> events) {
    this.limits = limits;
    this.events = events;
    this.stacks = new StackText(GuestFiles.NONE, limits.values().stackBytes());
  }

  void runs(GuestFiles running) {
    files = running;
    stacks = new StackText(running, limits.values().stackBytes());
  }

  /// What `error.stack` shows instead of the engine's text.
  @HostAccess.Export
  public String stack(String engineStack) {
    return stacks.shown(engineStack);
  }

  /// Whether the stack has room for what a call does in the host.
  @HostAccess.Export
  public boolean room() {
    try {
      return reach(RESERVED_FRAMES) > 0;
    } catch (StackOverflowError full) {
      return false;
    }
  }

  private static int reach(int frames) {
    return frames == 0 ? 1 : reach(frames - 1) + 1;
  }

  /// Whether an encoded value is within the cap.
  @HostAccess.Export
  public boolean fits(String json) {
    int most = limits.values().valueBytes();
    return json.length() <= most && Utf8.length(json) <= most;
  }

  /// Whether the tags of one part of the program are within theirs.
  @HostAccess.Export
  public boolean tagsFit(String json) {
    return Utf8.length(json) <= limits.values().tagBytes();
  }

  /// A long segment of a path: its beginning, its length and its hash. No escaped segment holds
  /// `~2`, so it is taken for no other one.
  @HostAccess.Export
  public String abbreviated(String segment) {
    int kept = limits.values().segmentChars() - SUFFIX_CHARS;
    int end = Character.isHighSurrogate(segment.charAt(kept - 1)) ? kept - 1 : kept;
    return "%s~2%d.%08x".formatted(segment.substring(0, end), segment.length(), segment.hashCode());
  }

  /// @return where the call stands, for errors
  @HostAccess.Export
  public double call(int number, String function, String arguments, String path, String tags) {
    var at = CallSite.running(files);
    events.accept(new GuestEvent.Called(number, function, arguments, path, tags, at));
    return files.packed(at);
  }

  /// Where the program stands, for errors.
  @HostAccess.Export
  public double place() {
    return files.packed(CallSite.running(files));
  }

  @HostAccess.Export
  public void note(String function, String arguments, String path, String tags) {
    events.accept(new GuestEvent.Noted(function, arguments, path, tags, CallSite.running(files)));
  }

  /// Something went wrong that the script did not see.
  @HostAccess.Export
  public void warn(String message, Value thrown, double place) {
    var at = origin(thrown, place);
    events.accept(new GuestEvent.Noted("warning", warning(message, at), "", "{}", at));
  }

  @HostAccess.Export
  public void finish(String value) {
    events.accept(new GuestEvent.Finished(value));
  }

  @HostAccess.Export
  public void fail(
      String code, String name, String message, String stack, Value thrown, double place) {
    var at = origin(thrown, place);
    events.accept(
        new GuestEvent.Failed(
            new ScriptFault(
                code,
                StackText.cut(name, MESSAGE_BYTES),
                StackText.cut(message, MESSAGE_BYTES),
                at.line(),
                at.column(),
                stacks.frames(stack),
                at.file())));
  }

  private Position origin(Value thrown, double place) {
    var at = CallSite.origin(files, thrown);
    return at.line() > 0 ? at : files.unpacked(place);
  }

  private static String warning(String message, Position at) {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("message", StackText.cut(message, MESSAGE_BYTES));
      json.writeNumberField("line", at.line());
      json.writeNumberField("column", at.column());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }
}
