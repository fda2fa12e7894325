package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.NarrowedActivity;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Message;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.GlobTool;
import mimo.agent.tool.ReadTool;
import mimo.agent.tool.Readings;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.agent.tool.WriteTool;
import mimo.engine.Activity;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a script takes from one of its agents: tools, rights, folders (L75, L78, L92).
@Timeout(60)
class NarrowedAgentTest {

  @TempDir Path folder;
  private final ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());

  private AgentActivity activity(PathGuard guard) {
    var settings =
        AgentSettings.in(guard.root())
            .withAuthority(Authorities.everything())
            .withAgents(
                Map.of(
                    "critic",
                    AgentDefinition.parse(
                        "critic", "---\ndescription: d\ntools: read, glob\n---\n")));
    var files = new FileReplacement(guard, new FileLocks(folder.resolve("locks")));
    return new AgentActivity(
        settings,
        _ -> model.resolved(),
        _ -> {
          var readings = new Readings();
          return Toolbox.of(
              List.of(
                  new ReadTool(guard, readings),
                  new GlobTool(guard),
                  new WriteTool(guard, files, readings)));
        },
        (_, _, event) -> events.add(event),
        () -> 0);
  }

  private Activity agents() throws IOException {
    var workspace = Files.createDirectories(folder.resolve("workspace"));
    return NarrowedActivity.toFolders(PathGuard.over(workspace), this::activity);
  }

  private static ActivityResult perform(Activity activity, String input)
      throws InterruptedException {
    return activity.perform(RecordedStep.request(StepKind.AGENT, input), new RecordedStep());
  }

  private List<String> offered(int request) {
    return model.requests().get(request).tools().stream().map(ToolSpec::name).toList();
  }

  @Test
  void modeAndToolsNeverWidenC47() throws Exception {
    var agents = agents();
    model.says("ok").says("ok").says("ok");

    perform(agents, "{\"prompt\":\"p\",\"tools\":[\"Write\",\"rocket\"]}");
    perform(agents, "{\"prompt\":\"p\",\"tools\":[\"write\",\"read\",\"rocket\"]}");
    perform(agents, "{\"prompt\":\"p\",\"agentType\":\"critic\",\"tools\":[\"read\",\"write\"]}");

    assertEquals(
        List.of(List.of("write"), List.of("read", "write"), List.of("read")),
        List.of(offered(0), offered(1), offered(2)));
    assertEquals(
        List.of(
            new AgentEvent.Notice(
                "tools_narrowed",
                "An agent is to have the tool 'rocket'; it can have none of that name here."),
            new AgentEvent.Notice(
                "tools_narrowed",
                "An agent is to have the tool 'write'; it can have none of that name here.")),
        events.stream().filter(AgentEvent.Notice.class::isInstance).toList());
  }

  @Test
  void anAgentThatOnlyLooksWritesNothingWhateverIsAllowedL75() throws Exception {
    var agents = agents();
    model.calls("c1", "write", "{\"file_path\":\"a\",\"content\":\"x\"}").says("done");

    perform(agents, "{\"prompt\":\"p\",\"mode\":\"read-only\"}");

    var told = (Message.Tools) model.requests().getLast().messages().getLast();
    assertEquals(
        new Message.ToolAnswer(
            "c1",
            "not run: denied by this agent only looks; it changes no file",
            Message.Status.DENIED),
        told.answers().getFirst());
    assertFalse(Files.exists(folder.resolve("workspace/a")));
  }

  @Test
  void theAnswerHasItsWayUnderAnyListOfToolsC54() throws Exception {
    var agents = agents();
    model.says("There are three.").calls("c1", "answer", "{\"count\":3}");

    var result =
        perform(
            agents,
            """
            {"prompt":"p","tools":[],"mode":"read-only",\
            "schema":{"type":"object","required":["count"]}}\
            """);

    assertEquals("{\"count\":3}", assertInstanceOf(ActivityResult.Completed.class, result).value());
    assertEquals(List.of(), offered(0).stream().filter(name -> !name.equals("answer")).toList());
    assertTrue(offered(0).contains("answer"), offered(0)::toString);
  }

  @Test
  void anAgentInAFolderReachesNothingBesideItL78() throws Exception {
    var agents = agents();
    Files.writeString(folder.resolve("workspace/secret"), "s");
    Files.createDirectories(folder.resolve("workspace/src"));
    model
        .calls("c1", "write", "{\"file_path\":\"a\",\"content\":\"x\"}")
        .calls("c2", "read", "{\"file_path\":\"../secret\"}")
        .says("done");

    perform(agents, "{\"prompt\":\"p\",\"cwd\":\"src\"}");

    assertEquals("x", Files.readString(folder.resolve("workspace/src/a")));
    var told = (Message.Tools) model.requests().getLast().messages().getLast();
    assertEquals(Message.Status.ERROR, told.answers().getFirst().status());
  }

  @Test
  void aFolderThatLeadsOutOrIsNoneIsRefusedL78() throws Exception {
    var agents = agents();
    Files.createSymbolicLink(folder.resolve("workspace/out"), folder);

    assertEquals(
        new ActivityResult.Failed("path_escape", "'out' leads out of the workspace", "{}"),
        perform(agents, "{\"prompt\":\"p\",\"cwd\":\"out\"}"));
    assertEquals(
        new ActivityResult.Failed("bad_argument", "the cwd 'none' is no folder", "{}"),
        perform(agents, "{\"prompt\":\"p\",\"cwd\":\"none\"}"));
    assertEquals(List.of(), model.requests());
  }
}
