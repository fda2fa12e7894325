package mimo.agent.tool;

import java.nio.charset.StandardCharsets;
import mimo.agent.AgentLimits;

/// The text of a tool's result, which takes whole lines until the limit of output is reached (A43).
final class BoundedText {

  /// Kept free for the closing words, which every result may add.
  private static final int RESERVE_BYTES = 1_000;

  private final StringBuilder text = new StringBuilder();
  private int bytes;

  /// Adds a line, or returns false because there is no room for it.
  boolean add(String line) {
    int more = line.getBytes(StandardCharsets.UTF_8).length + 1;
    if (bytes + more > AgentLimits.TOOL_OUTPUT_BYTES - RESERVE_BYTES) {
      return false;
    }
    text.append(line).append('\n');
    bytes += more;
    return true;
  }

  /// The text with a closing line that always finds room.
  String closedBy(String words) {
    return text + words;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// The first `chars` characters of `text`, no character split in two.
  static String head(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    return text.substring(0, end);
  }
}
