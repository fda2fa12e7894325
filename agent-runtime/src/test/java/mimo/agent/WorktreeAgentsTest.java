package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.agent.command.ChildEnvironment;
import mimo.agent.command.GitCommand;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.session.SessionFact.WorktreeName;
import mimo.agent.snapshot.Worktrees;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.Readings;
import mimo.agent.tool.Toolbox;
import mimo.agent.tool.WriteTool;
import mimo.engine.ActivityResult;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Agents that work in copies of a repository (L74).
@Timeout(60)
class WorktreeAgentsTest {

  private static final Path GIT = Path.of("/usr/bin/git");
  private static final String WRITE = "{\"file_path\":\"new\",\"content\":\"by an agent\"}";
  private static final String ISOLATED = "{\"prompt\":\"p\",\"isolation\":\"worktree\"}";

  @TempDir Path temporary;
  private Path folder;
  private Path workspace;
  private GitCommand git;
  private ScriptedProvider model = new ScriptedProvider();
  private final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void make() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(GIT), "git is not installed");
    folder = temporary.toRealPath();
    workspace = Files.createDirectories(folder.resolve("workspace"));
    var own = Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString());
    git = new GitCommand(GIT, ChildEnvironment.of(own, List.of(), Set.of(), List.of()));
    Files.writeString(workspace.resolve("file"), "committed");
    git.call(workspace, "init", "-q").orThrow();
    git.call(workspace, "config", "user.email", "a@example.org").orThrow();
    git.call(workspace, "config", "user.name", "A").orThrow();
    git.call(workspace, "add", "-A").orThrow();
    git.call(workspace, "commit", "-q", "-m", "first").orThrow();
  }

  private Worktrees worktrees() {
    return new Worktrees(git, workspace, folder.resolve("state"));
  }

  /// What another process makes anew.
  private IsolatedActivity agents(Path root) {
    var all = Optional.of(worktrees());
    AgentListener heard = (_, _, event) -> events.add(event);
    return new IsolatedActivity(
        root, () -> all, this::agent, heard, agent(root, new WorktreeName("none", "none")));
  }

  private AgentActivity agent(Path root, WorktreeName worktree) {
    try {
      var guard = PathGuard.over(root);
      var files = new FileReplacement(guard, new FileLocks(folder.resolve("locks")));
      var settings =
          AgentSettings.in(root).withAuthority(Authorities.everything()).withWorktree(worktree);
      return new AgentActivity(
          settings,
          _ -> model.resolved(),
          _ -> Toolbox.of(List.of(new WriteTool(guard, files, new Readings()))),
          (_, _, event) -> events.add(event),
          () -> 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ActivityResult perform(String input, RecordedStep step) throws InterruptedException {
    return agents(workspace).perform(RecordedStep.request(StepKind.AGENT, input), step);
  }

  private String branches() throws Exception {
    return git.call(workspace, "branch", "--list", "mimo/*", "--format=%(refname:short)").line();
  }

  private long worktreesLeft() throws Exception {
    return git.call(workspace, "worktree", "list", "--porcelain")
            .output()
            .lines()
            .filter(line -> line.startsWith("worktree "))
            .count()
        - 1;
  }

  @Test
  void keptWhenChangedAndRemovedWhenCleanOrFailedC48() throws Exception {
    model.calls("c1", "write", WRITE).says("done");
    var kept = (ActivityResult.Completed) perform(ISOLATED, new RecordedStep());
    model.says("nothing to do");
    var clean = (ActivityResult.Completed) perform(ISOLATED, new RecordedStep());
    model.calls("c1", "write", WRITE).fails("overloaded", "no");
    var failed = perform(ISOLATED, new RecordedStep());

    var where = Json.parse(kept.report()).path("worktree");
    assertEquals("mimo/0123456789ab-1", where.path("branch").asText());
    assertEquals("[\"new\"]", where.path("changed").toString());
    var directory = Path.of(where.path("directory").asText());
    assertEquals("by an agent", Files.readString(directory.resolve("new")));
    assertEquals("\"done\"", kept.value());
    assertTrue(
        events.contains(
            new AgentEvent.Notice(
                "worktree_kept",
                "What the agent changed is on the branch mimo/0123456789ab-1, in "
                    + directory
                    + ".")),
        events::toString);
    assertEquals("\"nothing to do\"", clean.value());
    assertInstanceOf(ActivityResult.Failed.class, failed);
    assertEquals("mimo/0123456789ab-1", branches());
    assertEquals(1, worktreesLeft());
    assertFalse(Files.exists(workspace.resolve("new")));
  }

  @Test
  void aScriptOfMimocodeIsToldWhereTheWorktreeIsL27() throws Exception {
    var told = "{\"prompt\":\"p\",\"isolation\":\"worktree\",\"tellsWorktree\":true}";
    model.calls("c1", "write", WRITE).says("done");
    var text = (ActivityResult.Completed) perform(told, new RecordedStep());
    model.calls("c1", "write", WRITE).calls("c2", "answer", "{\"n\":1}");
    var shaped =
        (ActivityResult.Completed)
            perform(told.replace("}", ",\"schema\":{\"type\":\"object\"}}"), new RecordedStep());
    model.says("nothing to do");
    var clean = (ActivityResult.Completed) perform(told, new RecordedStep());

    assertEquals("done", Json.parse(text.value()).path("result").asText());
    assertEquals(
        "mimo/0123456789ab-1", Json.parse(text.value()).path("_worktree").path("branch").asText());
    assertEquals(1, Json.parse(shaped.value()).path("n").asInt());
    assertEquals(
        "mimo/0123456789ab-1-2",
        Json.parse(shaped.value()).path("_worktree").path("branch").asText());
    assertEquals("\"nothing to do\"", clean.value());
  }

  @Test
  void anAnswerThatNamesAWorktreeIsMissedOnceThatIsGoneD24() throws Exception {
    var told = "{\"prompt\":\"p\",\"isolation\":\"worktree\",\"tellsWorktree\":true}";
    model.calls("c1", "write", WRITE).says("done");
    var kept = (ActivityResult.Completed) perform(told, new RecordedStep());
    var directory = Json.parse(kept.value()).path("_worktree").path("directory").asText();
    var asked = RecordedStep.request(StepKind.AGENT, told);
    assertEquals(Optional.empty(), agents(workspace).missing(asked, kept.value()));

    git.call(workspace, "worktree", "remove", "--force", directory).orThrow();

    assertEquals(
        Optional.of("the worktree " + directory + " of the branch mimo/0123456789ab-1"),
        agents(workspace).missing(asked, kept.value()));
    var untold = RecordedStep.request(StepKind.AGENT, ISOLATED);
    assertEquals(Optional.empty(), agents(workspace).missing(untold, "\"done\""));
  }

  /// A step whose agent has written a file and is stopped with the process.
  private RecordedStep stopped() throws Exception {
    var step = new RecordedStep();
    model.calls("c1", "write", WRITE).hangs();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                perform(ISOLATED, step);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    model.awaitHanging();
    step.pause();
    step.cancel();
    thread.join();
    return step;
  }

  private static RecordedStep resumed(RecordedStep before) {
    var step = new RecordedStep();
    step.session().holding(before.session().recorded());
    return step;
  }

  @Test
  void anAgentThatWasCutOffGoesOnInItsWorktree() throws Exception {
    var before = stopped();
    assertEquals(1, worktreesLeft());

    model = new ScriptedProvider().says("done");
    var result = (ActivityResult.Completed) perform(ISOLATED, resumed(before));

    assertEquals(
        "mimo/0123456789ab-1",
        Json.parse(result.report()).path("worktree").path("branch").asText());
    assertEquals(1, model.requests().size());
    assertEquals(1, worktreesLeft());
  }

  @Test
  void whereAnotherProcessHasKeptTheWorktreeItsAgentGoesOnInIt() throws Exception {
    var before = stopped();
    assertEquals(1, worktrees().recover().size());

    model = new ScriptedProvider().says("done");
    var result = (ActivityResult.Completed) perform(ISOLATED, resumed(before));

    assertEquals("[\"new\"]", Json.parse(result.report()).at("/worktree/changed").toString());
  }

  @Test
  void anAgentWhoseWorktreeIsGoneBeginsAnew() throws Exception {
    var before = stopped();
    var directory = git.call(workspace, "worktree", "list").output().lines().toList().getLast();
    git.call(workspace, "worktree", "remove", "--force", directory.replaceFirst(" .*", ""))
        .orThrow();
    git.call(workspace, "branch", "-D", "mimo/0123456789ab-1").orThrow();

    model = new ScriptedProvider().calls("c1", "write", WRITE).says("done");
    var result = (ActivityResult.Completed) perform(ISOLATED, resumed(before));

    assertEquals("[\"new\"]", Json.parse(result.report()).at("/worktree/changed").toString());
    assertEquals(2, model.requests().size());
    assertEquals("mimo/0123456789ab-1", branches());
  }

  @Test
  void whatARunCanTakeUpAgainIsNotRecovered() throws Exception {
    stopped();

    assertEquals(List.of(), worktrees().recover(name -> name.startsWith("0123456789ab-")));
    assertEquals(1, worktrees().recover().size());
    assertEquals(List.of(), worktrees().recover());
    assertEquals("mimo/0123456789ab-1", branches());
  }

  @Test
  void worksInTheSameFolderOfTheCopyL78() throws Exception {
    Files.createDirectories(workspace.resolve("src"));
    Files.writeString(workspace.resolve("src/file"), "committed");
    git.call(workspace, "add", "-A").orThrow();
    git.call(workspace, "commit", "-q", "-m", "second").orThrow();
    Files.createDirectories(workspace.resolve("later"));
    var request = RecordedStep.request(StepKind.AGENT, ISOLATED);
    model.calls("c1", "write", WRITE).says("done");

    var result =
        (ActivityResult.Completed)
            agents(workspace.resolve("src")).perform(request, new RecordedStep());
    var missing = agents(workspace.resolve("later")).perform(request, new RecordedStep());

    assertEquals("[\"src/new\"]", Json.parse(result.report()).at("/worktree/changed").toString());
    assertEquals(
        new ActivityResult.Failed(
            "bad_argument",
            "agent: isolation \"worktree\": the last commit has no folder 'later'",
            "{}"),
        missing);
    assertEquals(1, worktreesLeft());
  }

  @Test
  void whereThereIsNoCommitNoAgentIsAsked() throws Exception {
    workspace = Files.createDirectories(folder.resolve("plain"));

    assertEquals(
        new ActivityResult.Failed(
            "bad_argument",
            "agent: isolation \"worktree\" needs git, and a repository with a commit",
            "{}"),
        perform(ISOLATED, new RecordedStep()));
    assertEquals(List.of(), model.requests());
  }
}
