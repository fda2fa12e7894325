package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.StepKind;
import mimo.engine.archive.ArchiveReader;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that earlier versions recorded are replayed for ever: files are added to `histories/`, and
/// never edited. [RecordHistory] makes the next one.
final class HistoriesTest {

  private @TempDir Path home;

  private static List<Path> histories() throws Exception {
    var url = HistoriesTest.class.getResource("/histories");
    assertNotNull(url);
    try (Stream<Path> files = Files.walk(Path.of(url.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".mimorun")).sorted().toList();
    }
  }

  @Test
  void everyRecordedRunReplaysWithoutAModelD59() throws Exception {
    var model = new EchoModel(0);
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var tested = stack.runs().shelf().test(histories());

      assertEquals(List.of(), tested.stream().filter(test -> !test.passed()).toList());
      assertTrue(tested.size() >= 1, "no history was found");
    }
    assertEquals(0, model.requests());
  }

  @Test
  void everyKindOfStepHasAHistoryD59() throws Exception {
    var seen = EnumSet.noneOf(StepKind.class);
    for (var file : histories()) {
      for (var entry : entries(file)) {
        if (entry instanceof StepScheduled(_, var request, _)) {
          seen.add(request.kind());
        }
      }
    }

    assertEquals(
        EnumSet.allOf(StepKind.class), seen, "record a run with RecordHistory: see journal.md");
  }

  private static List<JournalEntry> entries(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      var run = ArchiveReader.read(in);
      return run.streams().getLast().records().stream().map(JournalCodec::decode).toList();
    }
  }
}
