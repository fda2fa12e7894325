package mimo.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.StreamListener;
import mimo.agent.testing.CountingModel;
import mimo.agent.tool.Tool;
import mimo.engine.CancellationToken;

/// A model that writes down what it is shown of a [LongTask], and misses nothing of it.
final class WritingModel {

  static final StreamListener UNHEARD =
      new StreamListener() {
        @Override
        public void text(String delta) {}

        @Override
        public void reasoning(String delta) {}

        @Override
        public void restarted(String reason, Duration delay) {}
      };

  /// Where a message or a call begins in what the writer of a checkpoint reads.
  private static final Pattern NAME = Pattern.compile("^\\[(m\\d+|c:\\S+?)\\]");

  private static final Pattern DEMAND = Pattern.compile("You must never [^.]*\\.");
  private static final Pattern DECISION = Pattern.compile("I decided to use [^.]*\\.");
  private static final Pattern PORT = Pattern.compile("the \\w+ \\w+ listens on port \\d+");
  private static final Pattern HOLDS =
      Pattern.compile("in the file (\\S+): it holds the (\\w+ \\w+)");
  private static final Pattern REQUEST = Pattern.compile("Please do turn \\d+ of the migration\\.");

  private WritingModel() {}

  /// Whether somebody wants a checkpoint.
  static boolean isAsked(ModelRequest request) {
    return request.messages().getLast() instanceof Message.User(var text)
        && (text.contains("Write the next checkpoint") || text.contains("cannot be kept"));
  }

  /// A checkpoint of what stands in the request.
  static List<Content> checkpoint(ModelRequest request) {
    var text = ((Message.User) request.messages().getFirst()).text();
    var transcript = text.substring(text.indexOf("<transcript>"));
    var sections = Json.object();
    var name = "m0";
    for (var line : transcript.split("\n", -1)) {
      var named = NAME.matcher(line);
      name = named.find() ? named.group(1) : name;
      add(sections, "constraints", DEMAND, line, "must not: %s", name);
      add(sections, "design-decisions", DECISION, line, "%s", name);
      add(sections, "cross-task-discoveries", PORT, line, "%s", name);
      var holds = HOLDS.matcher(line);
      if (holds.find()) {
        put(
            sections,
            "involved-files",
            "`%s`: it holds the %s; read".formatted(holds.group(1), holds.group(2)),
            name);
      }
      var asked = REQUEST.matcher(line);
      if (asked.find()) {
        sections.remove("active-intent");
        put(sections, "active-intent", "Asked:\n> " + asked.group(), name);
        sections.remove("next-action");
        put(sections, "next-action", "Go on with what was asked.", name);
      }
    }
    return List.of(new Content.Text(Json.write(Json.object().set("sections", sections))));
  }

  private static void add(
      ObjectNode sections, String section, Pattern what, String line, String form, String name) {
    var found = what.matcher(line);
    while (found.find()) {
      put(sections, section, form.formatted(found.group()), name);
    }
  }

  private static void put(ObjectNode sections, String section, String text, String name) {
    var item = sections.withArray("/" + section).addObject().put("text", text);
    item.putArray("from").add(name);
  }

  /// A summary that has all facts it has room for, the latest first.
  static String summary(List<Message> messages, int tokens) {
    var lines = new ArrayList<String>();
    var text = messages.stream().map(WritingModel::words).collect(Collectors.joining("\n"));
    for (var line : text.split("\n", -1)) {
      for (var what : List.of(DEMAND, DECISION, PORT, HOLDS)) {
        what.matcher(line).results().forEach(found -> lines.add("- " + found.group()));
      }
    }
    var kept = new ArrayList<String>();
    long left = tokens;
    for (var line : lines.reversed()) {
      left -= CountingModel.tokens(line);
      if (left < 0) {
        break;
      }
      kept.addFirst(line);
    }
    return String.join("\n", kept);
  }

  private static String words(Message message) {
    return switch (message) {
      case Message.User(var text) -> text;
      case Message.Model(var content) ->
          content.stream().map(String::valueOf).collect(Collectors.joining("\n"));
      case Message.Tools(var answers) ->
          answers.stream().map(answer -> answer.text()).collect(Collectors.joining("\n"));
    };
  }

  /// Runs a call.
  static Message answered(Tool tool, Content.ToolCall call) throws InterruptedException {
    var result = tool.run((ObjectNode) Json.parse(call.arguments()), CancellationToken.never());
    return new Message.Tools(
        List.of(new Message.ToolAnswer(call.id(), result.text(), Message.Status.OK)));
  }
}
