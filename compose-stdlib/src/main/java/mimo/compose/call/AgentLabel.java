package mimo.compose.call;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What people see of an agent: the label its script gives it, or the beginning of its prompt.
final class AgentLabel {

  private static final int LONGEST = 60;

  private AgentLabel() {}

  static String of(ObjectNode arguments) {
    var label = CallReader.text(arguments, "label");
    if (!label.isEmpty()) {
      return label;
    }
    return firstLine(CallReader.text(arguments, "prompt"));
  }

  /// The beginning of a text that people wrote for agents or for people.
  static String firstLine(String text) {
    var first = text.strip().lines().findFirst().orElse("agent");
    return first.length() <= LONGEST ? first : cut(first);
  }

  private static String cut(String line) {
    int end = LONGEST - 1;
    boolean splitsPair = Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, splitsPair ? end - 1 : end) + "…";
  }
}
