package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.testing.TestStreams;
import org.junit.jupiter.api.Test;

final class NoticesTest {

  private final TestStreams streams = new TestStreams();

  @Test
  void goToStandardErrorWithControlCharactersShown() { // A67
    new Notices(streams.terminal(Channel.PIPE, Channel.PIPE), true).tell("a key\u001b[31m is new");

    assertEquals("", streams.out());
    assertEquals("mimo: a key␛[31m is new\n", streams.err());
  }

  @Test
  void areNotWrittenForThoseWhoWantQuiet() { // A67
    new Notices(streams.terminal(Channel.PIPE, Channel.PIPE), false).tell("a key is new");

    assertEquals("", streams.err());
  }
}
