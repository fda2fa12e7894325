package mimo.cli.completion;

import java.util.List;
import mimo.cli.completion.CommandWords.Option;
import mimo.cli.completion.CommandWords.Values;
import mimo.cli.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShellTest {

  private static final List<CommandWords> COMMANDS =
      List.of(
          new CommandWords(
              "mimo",
              "Everything.",
              List.of(new Option(List.of("-h", "--help"), "Show this text.", new Values.None())),
              List.of("mimo show", "mimo go"),
              new Values.None()),
          new CommandWords(
              "mimo show",
              "Show one's own.",
              List.of(
                  new Option(
                      List.of("--format"), "It's a \\.", new Values.OneOf(List.of("text", "json"))),
                  new Option(List.of("-n", "--number"), "How many.", new Values.Free()),
                  new Option(List.of("--output"), "A file.", new Values.FileOr(List.of("-")))),
              List.of(),
              new Values.OneOf(List.of("one", "it's"))),
          new CommandWords("mimo go", "Go.", List.of(), List.of(), new Values.FileOr(List.of())));

  @ParameterizedTest
  @EnumSource
  void writesAScriptPeopleCanRead(Shell shell) {
    Golden.assertMatches("completion-" + shell.word() + ".txt", shell.script(COMMANDS));
  }
}
