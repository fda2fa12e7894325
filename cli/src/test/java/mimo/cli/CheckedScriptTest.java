package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a check says of a script that can be read.
final class CheckedScriptTest {

  private @TempDir Path home;

  @Test
  void saysWhatNobodyCanBeAskedForL7() throws Exception {
    var script =
        """
        export const meta = { name: 'm', description: 'd', permissions: [
          { permission: 'bash', patterns: ['git *'] }, { permission: '*' },
          { permission: 'sudo', patterns: ['rm'] }] };
        return 1;
        """;
    try (var stack = new WholeStack(home, new EchoModel(5), SandboxLimits.defaults())) {
      var checked = stack.runs().check(stack.launch("main.js", script, null).script());

      assertEquals(List.of(), checked.problems());
      assertEquals(
          List.of(
              "meta.permissions asks for * and does not get it: a script has to name what its"
                  + " agents are to do",
              "meta.permissions asks for sudo \"rm\" and does not get it: there is no such"
                  + " permission; there are: agent, bash, edit, external_directory, glob, grep,"
                  + " history, mcp, memory, multiedit, network, notebook_edit, question, read,"
                  + " skill, task, todo, tools, webfetch, workflow, write"),
          checked.warnings().stream().map(warning -> warning.message()).toList());
    }
  }

  @Test
  void everyOptionOfAgentIsThereL121() throws Exception {
    var script =
        """
        export const meta = { name: 'm', description: 'd' };
        const goal = "the word goal is no option";
        await agent(goal, { label: 'l', max: 2 });
        await agent({ prompt: goal, goal });
        await agent({ prompt: goal, goal: { condition: goal, checks: ["true"] }, max: 3 });
        """;
    try (var stack = new WholeStack(home, new EchoModel(5), SandboxLimits.defaults())) {
      var checked = stack.runs().check(stack.launch("main.js", script, null).script());

      assertEquals(List.of(), checked.problems());
      assertEquals(List.of(), checked.warnings());
    }
  }

  @Test
  void anOptionThatIsMisspeltIsToldBeforeAnyAgentIsPaidForL83() throws Exception {
    var script =
        """
        export const meta = { name: 'm', description: 'd' };
        const shema = { type: 'string' };
        await agent('a', { label: 'l', shema });
        await agent({ prompt: 'b', shema, lable: 'l' });
        """;
    try (var stack = new WholeStack(home, new EchoModel(5), SandboxLimits.defaults())) {
      var checked = stack.runs().check(stack.launch("main.js", script, null).script());

      assertEquals(List.of(), checked.problems());
      assertEquals(
          List.of(
              "main.js:4:35: agent option \"lable\" is unknown and ignored; did you"
                  + " mean 'label'?",
              "main.js:3:32: agent option \"shema\" is unknown and ignored; did you"
                  + " mean 'schema'?"),
          checked.warnings().stream()
              .map(warning -> warning.position() + ": " + warning.message())
              .toList());
    }
  }
}
