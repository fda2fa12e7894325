package mimo.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a model that writes a checkpoint reads of a conversation.
final class TranscriptTest {

  @ParameterizedTest
  @ValueSource(strings = {"a word and ", "修复登录问题"})
  void hasNoMoreTokensThanThereIsRoomForInAnyScriptK15(String words) {
    var talk = new TalkOfTest();
    for (int i = 0; i < 100; i++) {
      talk.user(words.repeat(20)).model(words.repeat(20));
    }

    var transcript = Transcript.of(talk.soFar(), 0, 200, 2_000);

    double tokens = Room.tokens(transcript);
    assertTrue(tokens > 1_500 && tokens <= 2_020, transcript.length() + " chars: " + tokens);
    assertTrue(transcript.startsWith("(m0 to m"), transcript);
    assertTrue(transcript.contains("[m199] agent:\n"), transcript);
  }

  @Test
  void namesEachMessageAndCallAsItemsDoAndWhoSpeaksK10M4() {
    var talk =
        new TalkOfTest()
            .user("Fix it.")
            .ok("ls", "a.txt")
            .model("Done.")
            .program("Go on.")
            .model("I do.");

    assertEquals(
        """
        [m0] user:
        Fix it.

        [m1] agent:
        [c:call_1] calls bash {"command":"ls"}

        [c:call_1] OK:
        a.txt

        [m3] agent:
        Done.

        [m4] program:
        Go on.

        [m5] agent:
        I do.
        """,
        Transcript.of(talk.soFar(), 0, 6, 1_000));
  }
}
