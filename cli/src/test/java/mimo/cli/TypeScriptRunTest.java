package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.Resumption;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunResult;
import mimo.engine.SourcePosition;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of a script in TypeScript, with all of the program below it.
class TypeScriptRunTest {

  private static final Audience NOBODY = Audience.of(List.of());

  private static final String SCRIPT =
      """
      export const meta = { name: 'typed', description: 'is typed' } as const;
      import { ask, type Answer } from './lib.ts';
      const answers: Answer[] = [];
      for (let i = 0; i < 300; i++) answers.push(await ask(i));
      return answers.length as number;
      """;

  private static final String LIBRARY =
      """
      export type Answer = string | null;
      export const ask = (i: number): Promise<Answer> => agent('question ' + i);
      """;

  private @TempDir Path home;

  @Test
  void runsAndResumesLikeAnyOther() throws Exception { // L3, L122
    try (var stack = new WholeStack(home, new EchoModel(5), SandboxLimits.defaults())) {
      Files.writeString(stack.folder().resolve("lib.ts"), LIBRARY);
      var runs = stack.runs();
      RunResult stopped;
      try (var running = runs.start(stack.launch("typed.ts", SCRIPT, null), NOBODY)) {
        running.pause();
        stopped = assertInstanceOf(RunResult.Paused.class, running.await());
      }

      try (var running = runs.resume(stopped.id(), Resumption.EXACT, NOBODY)) {
        var completed = assertInstanceOf(RunResult.Completed.class, running.await());
        assertEquals("300", completed.value());
      }
    }
    try (var erased = Files.list(home.resolve("erased"))) {
      assertEquals(2, erased.count(), "one text for each file");
    }
  }

  @Test
  void fromTheCacheAnErrorKeepsItsPlaceToo() throws Exception { // L112, L122, C06
    var body = SCRIPT.replace("return answers", "type A = 1; let b: A = answers[999].length as A");
    try (var stack = new WholeStack(home, new EchoModel(5), SandboxLimits.defaults())) {
      Files.writeString(stack.folder().resolve("lib.ts"), LIBRARY);
      for (int i = 0; i < 2; i++) {
        try (var running = stack.runs().start(stack.launch("typed.ts", body, null), NOBODY)) {
          var failed = assertInstanceOf(RunResult.Failed.class, running.await());
          assertEquals(new SourcePosition("typed.ts", 5, 24), failed.position());
        }
      }
    }
  }
}
