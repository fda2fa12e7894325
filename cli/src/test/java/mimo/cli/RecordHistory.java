package mimo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.sandbox.SandboxLimits;

/// Records a run for `histories/`, to be replayed by every later version (D59). A program, not a
/// test: it is run once before a release, and when there is a new kind of step.
final class RecordHistory {

  private static final String LIBRARY =
      "export const say = (what) => agent(what, { label: what });\n";

  private static final String PART =
      """
      export const meta = { name: 'part', description: 'a part of everything' };
      return await agent(`part of ${args.of}`, { label: 'part' });
      """;

  private RecordHistory() {}

  /// Writes the file.
  ///
  /// @param arguments an empty folder, whose name will stand in the record, and the file
  public static void main(String[] arguments) throws Exception {
    var model = new EchoModel(0);
    try (var stack = new WholeStack(Path.of(arguments[0]), model, SandboxLimits.defaults())) {
      var folder = stack.folder();
      Files.writeString(folder.resolve("lib.js"), LIBRARY);
      Files.writeString(folder.resolve("part.js"), PART);
      Files.writeString(folder.resolve("notes.txt"), "notes\n");
      var runs = stack.runs();
      try (var running = runs.start(stack.launch("everything.js", script(), null), quiet())) {
        var result = running.await();
        runs.shelf().export(result.id(), Path.of(arguments[1]).toAbsolutePath());
        System.out.println(result);
      }
    }
  }

  private static Audience quiet() {
    return Audience.of(List.of());
  }

  private static String script() throws IOException {
    try (var in = RecordHistory.class.getResourceAsStream("/histories/everything.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
