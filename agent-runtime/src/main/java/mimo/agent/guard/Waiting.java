package mimo.agent.guard;

import java.util.Set;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;

/// Tells calls that wait for what works by itself, or look how far it is: they come again with the
/// same result because nothing has happened yet, and not because the agent goes in circles.
final class Waiting {

  private static final Set<String> WORKING = Set.of("workflow", "agent");
  private static final Set<String> LOOKS = Set.of("wait", "status");

  private Waiting() {}

  static boolean is(Content.ToolCall call, Message.ToolAnswer answer) {
    if (answer.status() != Message.Status.OK) {
      return false;
    }
    return call.tool().equals("bash")
        ? answer.text().endsWith(" is running)") && argument(call, "command").isEmpty()
        : WORKING.contains(call.tool()) && LOOKS.contains(argument(call, "action"));
  }

  private static String argument(Content.ToolCall call, String name) {
    try {
      return Json.parse(call.arguments()).path(name).asText();
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
