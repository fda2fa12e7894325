package mimo.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import mimo.sandbox.ScriptSource;

/// The names a script finds, and the library scripts that put them there.
public final class ComposeLibrary {

  /// Names that work today.
  public static final List<String> FUNCTIONS =
      List.of(
          "agent",
          "parallel",
          "pipeline",
          "phase",
          "log",
          "console",
          "args",
          "cwd",
          "process",
          "budget",
          "readFile",
          "exists",
          "glob");

  /// Functions of later parts that return promises: they reject with `not_available`.
  public static final List<String> STAGED_PROMISING =
      List.of(
          "dag",
          "workflow",
          "sleep",
          "approve",
          "ask",
          "checkpoint",
          "writeFile",
          "tool",
          "gate",
          "retry",
          "verify",
          "judgePanel",
          "loopUntilDry",
          "completenessCheck");

  /// Functions of later parts that return at once: they throw `not_available`.
  public static final List<String> STAGED_IMMEDIATE =
      List.of(
          "setTimeout",
          "clearTimeout",
          "structuredClone",
          "URL",
          "URLSearchParams",
          "TextEncoder",
          "TextDecoder");

  private static final List<String> PRELUDE =
      List.of(
          "world.js",
          "progress.js",
          "losses.js",
          "request.js",
          "agent.js",
          "slots.js",
          "parallel.js",
          "pipeline.js",
          "files.js",
          "staged.js");

  private ComposeLibrary() {}

  /// The library scripts, in the order in which they run.
  public static List<ScriptSource> prelude() {
    return PRELUDE.stream()
        .map(name -> new ScriptSource("mimo:" + name, resource("prelude/" + name)))
        .toList();
  }

  /// The TypeScript declarations of everything a script may use.
  public static String declarations() {
    return resource("compose.d.ts");
  }

  /// Every name of the language, those of later parts included.
  public static List<String> names() {
    return Stream.of(FUNCTIONS, STAGED_PROMISING, STAGED_IMMEDIATE).flatMap(List::stream).toList();
  }

  private static String resource(String name) {
    try (InputStream stream = ComposeLibrary.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource mimo/compose/" + name + " is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
