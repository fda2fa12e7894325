package mimo.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mimo.sandbox.ScriptSource;

/// The names a script finds, and the library scripts that put them there.
public final class ComposeLibrary {

  /// Names that work today, in every dialect.
  public static final List<String> FUNCTIONS =
      List.of(
          "agent",
          "parallel",
          "pipeline",
          "dag",
          "phase",
          "log",
          "console",
          "args",
          "cwd",
          "process",
          "budget",
          "readFile",
          "writeFile",
          "exists",
          "glob",
          "tool",
          "gate",
          "retry",
          "verify",
          "judgePanel",
          "loopUntilDry",
          "completenessCheck",
          "URL",
          "URLSearchParams",
          "structuredClone",
          "TextEncoder",
          "TextDecoder",
          "queueMicrotask",
          "workflow",
          "sleep",
          "setTimeout",
          "clearTimeout",
          "approve",
          "ask",
          "checkpoint");

  /// Names that only the dialect `odw` has (L30).
  public static final List<String> ODW_FUNCTIONS = List.of("loop", "context");

  /// What a call of `agent` may say in its options, other tools' words for the same, and the
  /// prompt. Everything else is told and ignored (L83).
  public static final Set<String> AGENT_OPTIONS =
      Set.of(
          "prompt",
          "label",
          "id",
          "phase",
          "schema",
          "model",
          "effort",
          "thinking",
          "thinkingEffort",
          "agentType",
          "definition",
          "keep",
          "timeoutMs",
          "stallMs",
          "retries",
          "maxTurns",
          "cwd",
          "tools",
          "mode",
          "permissions",
          "isolation",
          "memory",
          "goal",
          "max");

  private static final List<Part> PARTS =
      List.of(
          Part.always("world.js"),
          Part.always("budgets.js"),
          Part.always("progress.js"),
          Part.always("losses.js"),
          Part.always("request.js"),
          Part.always("agent.js"),
          Part.always("conversation.js"),
          Part.always("slots.js"),
          Part.always("parallel.js"),
          Part.always("pipeline.js"),
          Part.always("files.js"),
          Part.serving(
              "checks.js",
              "dag",
              "gate",
              "retry",
              "verify",
              "judgePanel",
              "loopUntilDry",
              "completenessCheck",
              "workflow",
              "tool",
              "sleep",
              "setTimeout",
              "clearTimeout",
              "approve",
              "ask",
              "checkpoint"),
          Part.serving("panel.js", "verify", "judgePanel", "completenessCheck"),
          Part.serving("tool.js", "tool"),
          Part.serving("dag.js", "dag"),
          Part.serving("gate.js", "gate"),
          Part.serving("retry.js", "retry"),
          Part.serving("verify.js", "verify"),
          Part.serving("judge-panel.js", "judgePanel"),
          Part.serving("loop-until-dry.js", "loopUntilDry"),
          Part.serving("completeness-check.js", "completenessCheck"),
          Part.serving("workflow.js", "workflow"),
          Part.serving(
              "durations.js",
              "sleep",
              "setTimeout",
              "clearTimeout",
              "approve",
              "ask",
              "checkpoint"),
          Part.serving("timers.js", "sleep", "setTimeout", "clearTimeout"),
          Part.serving("questions.js", "approve", "ask", "checkpoint"),
          Part.serving("microtask.js", "queueMicrotask"),
          Part.serving("clone.js", "structuredClone"),
          Part.serving("utf8.js", "TextEncoder", "TextDecoder", "URL", "URLSearchParams"),
          Part.serving("text-coding.js", "TextEncoder", "TextDecoder"),
          Part.serving("percent.js", "URL", "URLSearchParams"),
          Part.serving("url-search.js", "URL", "URLSearchParams"),
          Part.serving("url-host.js", "URL", "URLSearchParams"),
          Part.serving("url-parser.js", "URL", "URLSearchParams"),
          Part.serving("url.js", "URL", "URLSearchParams"));

  private static final List<Part> ODW_PARTS =
      List.of(
          Part.always("checks.js"),
          Part.always("odw-context.js"),
          Part.always("odw-loop.js"),
          Part.always("odw-pipeline.js"));

  /// One library script, loaded for scripts that mention one of the names it serves.
  private record Part(String file, List<String> names) {

    static Part always(String file) {
      return serving(file);
    }

    static Part serving(String file, String... names) {
      return new Part(file, List.of(names));
    }

    boolean serves(String script) {
      return names.isEmpty() || names.stream().anyMatch(name -> holds(script, name));
    }

    /// Whether the name stands there as a word: `task` says nothing of `ask`.
    private static boolean holds(String script, String name) {
      for (int at = script.indexOf(name); at >= 0; at = script.indexOf(name, at + 1)) {
        int end = at + name.length();
        boolean begins = at == 0 || !Character.isJavaIdentifierPart(script.charAt(at - 1));
        boolean ends =
            end == script.length() || !Character.isJavaIdentifierPart(script.charAt(end));
        if (begins && ends) {
          return true;
        }
      }
      return false;
    }
  }

  private ComposeLibrary() {}

  /// The library scripts that `script` can reach, in the order in which they run.
  ///
  /// Reading a name takes writing it: a script that does not hold the text `dag` cannot call `dag`,
  /// and need not wait until that part is parsed. Two ways round this are an escape in an
  /// identifier and the global object; who writes either gets everything.
  public static List<ScriptSource> prelude(String script, Dialect dialect) {
    boolean devious = script.contains("\\u") || script.contains("globalThis");
    return Stream.of(PARTS, dialect == Dialect.ODW ? ODW_PARTS : List.<Part>of())
        .flatMap(List::stream)
        .filter(part -> devious || part.serves(script))
        .map(Part::file)
        .distinct()
        .map(file -> new ScriptSource("mimo:" + file, resource("prelude/" + file)))
        .toList();
  }

  /// The TypeScript declarations of everything a script may use.
  public static String declarations() {
    return resource("compose.d.ts");
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
