package mimo.cli.command.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import mimo.agent.message.Message;
import mimo.agent.provider.Price;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.TalkStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `mimo run --max` (X1, X5).
@Timeout(60)
final class MaxRunTest {

  private @TempDir Path home;
  private TalkStage stage;

  @BeforeEach
  void setStage() throws IOException {
    stage = new TalkStage(home);
    stage.priced(new Price(1_000_000, 2_000_000, 0));
  }

  private void candidatesAndAVerdict() {
    stage.model.says("one").says("two").says("three");
    stage.model.says("{\"choice\": 2, \"reason\": \"it is the shortest\"}");
  }

  private Message asked() {
    return stage.model.requests().getFirst().messages().getFirst();
  }

  @Test
  void theOverheadIsShownApartX5() throws Exception {
    candidatesAndAVerdict();

    assertEquals(ExitCode.OK, stage.run("--max", "3", "say a number"));

    assertEquals(new Message.User("say a number"), asked());
    assertTrue(stage.err().contains(" of 3: it is the shortest\n"), stage.err());
    assertTrue(
        stage
            .err()
            .contains(
                "4 requests, 400 tokens in, 40 out, $0.0003"
                    + " (overhead of Max Mode: 3 requests, 300 in, 30 out, $0.0002)"),
        stage.err());
  }

  @Test
  void programsAreToldTheSameX5() throws Exception {
    candidatesAndAVerdict();

    stage.run("--max", "3", "say a number", "--format", "stream-json", "--quiet");

    var out = stage.out();
    assertTrue(out.contains("\"type\":\"candidates_start\",\"wanted\":3,\"candidates\":3}"), out);
    assertTrue(
        out.contains("\"how\":\"judged\",\"reason\":\"it is the shortest\",\"overhead\""), out);
    assertTrue(
        out.contains("\"overhead\":{\"requests\":3,\"input_tokens\":300,\"output_tokens\":30,"),
        out);
    assertTrue(out.contains("\"overhead_cost_micro_usd\":240,"), out);
  }

  @Test
  void theRecordOfTheSessionAndTheStatisticsKnowItX5() throws Exception {
    candidatesAndAVerdict();
    stage.run("--max", "3", "say a number");
    stage.command(SessionsList::new);
    var id = stage.out().substring(0, 12);

    stage.command(SessionsShow::new, id);

    var shown = stage.out();
    assertTrue(shown.contains(" of 3: it is the shortest\n"), shown);
    assertTrue(shown.contains("overhead 3 requests, 300 tokens in, 30 out\n"), shown);
    stage.command(StatsCommand::new);
    assertTrue(stage.out().contains("max overhead"), stage.out());
    stage.command(StatsCommand::new, "--json");
    assertTrue(
        stage.out().contains("\"overhead_tokens\":330,\"overhead_cost_micro_usd\":240"),
        stage.out());
  }

  @Test
  void aWordThatIsNoNumberIsTheMessageAndTheUsualNumberCountsX1() throws Exception {
    stage.model.says("same").says("same").says("same").says("same").says("same");

    assertEquals(ExitCode.OK, stage.run("--max", "say a word"));

    assertEquals(new Message.User("say a word"), asked());
    assertEquals(5, stage.model.requests().size());
  }

  @ParameterizedTest
  @CsvSource({
    "--max 1 x, Max Mode has 2 to 9 candidates; found '1'",
    "--max 10 x, Max Mode has 2 to 9 candidates; found '10'",
    "--max 3 --max-policy never x, the policy of Max Mode is always or mutations; found 'never'",
    "--max-policy always x, --max-policy goes with --max"
  })
  void whatItCannotMeanIsRefusedX1(String words, String message) throws Exception {
    assertEquals(ExitCode.USAGE, stage.run(words.split(" ", -1)));

    assertTrue(stage.err().contains(message), stage.err());
    assertEquals(0, stage.model.requests().size());
  }
}
