package mimo.cli.command.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.ScriptedInspection;
import org.junit.jupiter.api.Test;

final class WorkflowsCommandTest {

  private final Commands mimo = new Commands(new ScriptedInspection());

  @Test
  void listsAndShows() {
    assertEquals(ExitCode.OK, mimo.run("workflows", "list"));
    assertEquals(ExitCode.OK, mimo.run("workflows", "show", "repo-map"));

    assertEquals("repo-map  built-in  Maps.\n# repo-map\n", mimo.out());
  }

  @Test
  void listsAndShowsAsJson() {
    assertEquals(ExitCode.OK, mimo.run("workflows", "list", "--json"));
    assertEquals(ExitCode.OK, mimo.run("workflows", "list", "--format", "stream-json"));
    assertEquals(ExitCode.OK, mimo.run("workflows", "show", "repo-map", "--json"));

    assertEquals(
        """
        {"v":1,"workflows":[{"name":"repo-map","origin":"built-in","location":"builtin:repo-map",\
        "title":"repo-map","description":"Maps.","shadowed":false}]}
        {"name":"repo-map","origin":"built-in","location":"builtin:repo-map","title":"repo-map",\
        "description":"Maps.","shadowed":false}
        {"v":1,"workflow":"repo-map","origin":"built-in","location":"builtin:repo-map",\
        "readme":"# repo-map\\n"}
        """,
        mimo.out());
  }

  @Test
  void namesTheNearestOfThoseThereAre() {
    assertEquals(ExitCode.USAGE, mimo.run("workflows", "show", "repomap"));

    assertEquals(
        """
        MIMO-619 workflow_unknown: no workflow is called 'repomap'; did you mean 'repo-map'?
        → mimo workflows list shows the names there are.
        """,
        mimo.err());
  }

  @Test
  void needsToBeToldWhatToDo() {
    assertEquals(ExitCode.USAGE, mimo.run("workflows"));
  }
}
