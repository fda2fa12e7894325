package mimo.sandbox.graal;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.compile.CompiledScript;
import org.graalvm.polyglot.HostAccess;

/// The one object of this process that the kernel holds. Only the kernel's closures see it, text
/// and numbers go through it, and its methods throw nothing a script could catch.
///
/// Public because the engine calls its methods by reflection.
public final class KernelHost {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MESSAGE_BYTES = 8 * 1024;

  private final SandboxLimits limits;
  private final Consumer<GuestEvent> events;
  private StackText stacks;

  KernelHost(SandboxLimits limits, Consumer<GuestEvent> events) {
    this.limits = limits;
    this.events = events;
    this.stacks = new StackText(List.of(), limits.values().stackBytes());
  }

  void runs(List<CompiledScript> files) {
    stacks = new StackText(files, limits.values().stackBytes());
  }

  /// What `error.stack` shows instead of the engine's text.
  @HostAccess.Export
  public String stack(String engineStack) {
    return stacks.shown(engineStack);
  }

  /// Whether an encoded value is within the cap.
  @HostAccess.Export
  public boolean fits(String json) {
    int most = limits.values().valueBytes();
    return json.length() <= most && Utf8.length(json) <= most;
  }

  @HostAccess.Export
  public void call(
      int number, String function, String arguments, String path, String tags, String stack) {
    events.accept(
        new GuestEvent.Called(number, function, arguments, path, tags, stacks.innermost(stack)));
  }

  @HostAccess.Export
  public void note(String function, String arguments, String path, String tags, String stack) {
    events.accept(new GuestEvent.Noted(function, arguments, path, tags, stacks.innermost(stack)));
  }

  /// Something went wrong that the script did not see.
  @HostAccess.Export
  public void warn(String message, String stack) {
    var at = stacks.innermost(stack);
    events.accept(new GuestEvent.Noted("warning", warning(message, at), "", "{}", at));
  }

  @HostAccess.Export
  public void finish(String value) {
    events.accept(new GuestEvent.Finished(value));
  }

  @HostAccess.Export
  public void fail(String code, String name, String message, String stack) {
    var at = stacks.innermost(stack);
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
