package mimo.agent.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;
import mimo.agent.memory.Memory.Writing;
import mimo.agent.task.TaskProgress;
import mimo.agent.task.TaskTool;
import mimo.agent.tool.Tool.Result;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of a task (T5).
final class TaskProgressTest {

  private static final String SECRET = "hunter2-hunter2-hunter2";

  @TempDir Path folder;

  private TaskTool tool(Memory memory) {
    var owner = new MemoryTool.Owner("7f3a", () -> 4, Heard.before(List.of(), List.of()));
    return TaskTool.empty().noting(new TaskProgress(memory, owner));
  }

  private static Result run(TaskTool tool, String input) throws InterruptedException {
    return tool.run((ObjectNode) Json.parse(input.replace('\'', '"')), CancellationToken.never());
  }

  private static List<String> log(Memory memory, String task) {
    return memory.entries(memory.layout().progress("7f3a", task)).stream()
        .map(MemoryEntry::text)
        .toList();
  }

  @Test
  void whatIsNotedOfATaskIsAddedToItsOwnLogT5() throws Exception {
    var memory = MemoryFolder.in(folder);
    var tool = tool(memory);

    assertEquals(
        Result.ok("T1 open: Build\n(1 open)\n(noted in sessions/7f3a/tasks/T1/progress.md)"),
        run(tool, "{'action':'create','title':'Build','note':'two modules'}"));
    run(tool, "{'action':'start','id':'T1'}");
    run(
        tool,
        "{'batch':[{'action':'create','title':'Part','parent':'T1','note':'found a part'},"
            + "{'action':'done','id':'T1.1','note':'12 pass'},"
            + "{'action':'done','id':'T1','note':'all built'}]}");

    assertEquals(List.of("create: two modules", "done: all built"), log(memory, "T1"));
    assertEquals(List.of("create: found a part", "done: 12 pass"), log(memory, "T1.1"));
  }

  @Test
  void theLogHoldsNoSecretAndSaysWhereItComesFromT5() throws Exception {
    var memory = MemoryFolder.in(folder, List.of(SECRET), Writing.ON);

    run(tool(memory), "{'action':'create','title':'a','note':'key " + SECRET + " <!-- m -->'}");

    var entry = memory.entries(memory.layout().progress("7f3a", "T1")).getFirst();
    var raw = memory.raw(memory.layout().progress("7f3a", "T1")).orElseThrow();
    assertFalse(raw.contains(SECRET), raw);
    assertEquals(new Provenance(entry.id(), Source.AGENT, "7f3a", 4), entry.provenance());
    assertTrue(entry.text().endsWith("]" + " &lt;!-- m --&gt;"), entry.text());
  }

  @Test
  void whatHappenedToATaskStandsWhereNothingIsNotedM9() throws Exception {
    var memory = MemoryFolder.in(folder, List.of(), Writing.OFF);
    var tool = tool(memory);

    var created = run(tool, "{'action':'create','title':'a','note':'x'}");

    assertTrue(
        created.text().startsWith("T1 open: a\n(1 open)\n(not noted: memory_off"), created.text());
    assertEquals(Result.ok("T1 open: a"), run(tool, "{'action':'list'}"));
    assertEquals(List.of(), log(memory, "T1"));
  }

  @Test
  void aNoteGoesWithWhatHappensAndHasALimitT5() throws Exception {
    var tool = tool(MemoryFolder.in(folder));

    assertEquals(
        Result.error("a note goes with what happens to a task, not with list"),
        run(tool, "{'action':'list','note':'x'}"));
    assertEquals(
        Result.error("the note has more than 8000 characters"),
        run(
            tool,
            "{'action':'create','title':'a','note':'"
                + "x".repeat(AgentLimits.MEMORY_NOTE_CHARS + 1)
                + "'}"));
  }

  @Test
  void aRefusedActionNotesNothingT5() throws Exception {
    var memory = MemoryFolder.in(folder);
    var tool = tool(memory);
    run(tool, "{'action':'create','title':'a'}");

    run(
        tool,
        "{'batch':[{'action':'start','id':'T1','note':'begun'},{'action':'done','id':'T9'}]}");

    assertEquals(List.of(), log(memory, "T1"));
  }
}
