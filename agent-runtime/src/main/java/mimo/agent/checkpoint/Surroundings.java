package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import org.jspecify.annotations.Nullable;

/// What a conversation has touched and left running: files, jobs, branches, other agents, as its
/// calls tell it (K14).
final class Surroundings {

  private static final Pattern NAMED = Pattern.compile("^[^`]*`([^`]+)`");
  private static final Pattern STARTED = Pattern.compile("^(\\S+) runs in the background");
  private static final Pattern AGENT = Pattern.compile("\\b(A\\d{1,5})\\b");
  private static final Pattern RUN = Pattern.compile("^Run (\\S+) is at work");
  private static final Pattern ENDED =
      Pattern.compile("<(?:subagent id|workflow run)=\"([^\"]+)\"");
  private static final Pattern PLACE =
      Pattern.compile(
          "\\bgit\\s+(?:-\\S+\\s+\\S+\\s+)*"
              + "(checkout|switch|worktree\\s+(?:add|remove)|branch\\s+-[dDmM])\\b");
  private static final Set<String> LOOKING = Set.of("read", "write", "edit", "multiedit");

  private Surroundings() {}

  /// By what an item about something is found again: the first name in it.
  private static String key(Item item) {
    var found = NAMED.matcher(item.text());
    return found.find() ? found.group(1) : item.text();
  }

  private static Map<String, Item> byName(List<Item> items) {
    var all = new LinkedHashMap<String, Item>();
    items.forEach(item -> all.put(key(item), item));
    return all;
  }

  /// Files that were read or changed, those touched last at the end.
  static List<Item> files(List<Item> before, List<Deed> deeds) {
    var all = byName(before);
    for (var deed : deeds) {
      var path = deed.path();
      if (!path.isEmpty() && LOOKING.contains(deed.tool()) && deed.is(Status.OK)) {
        var known = all.remove(path);
        all.put(path, file(path, deed, known));
      }
    }
    return List.copyOf(all.values());
  }

  private static Item file(String path, Deed deed, @Nullable Item known) {
    var state = deed.changes() ? "changed" : "read";
    if (known == null) {
      return new Item("`" + path + "`: " + state, deed.source());
    }
    boolean more = deed.changes() && !known.text().contains("changed");
    var text =
        !more
            ? known.text()
            : known.text().contains("read")
                ? known.text().replaceFirst("\\bread\\b", "read, changed")
                : known.text() + "; changed";
    return new Item(text, deed.source());
  }

  /// What runs, and where the work is done.
  static List<Item> running(List<Item> before, List<Deed> deeds, List<Message> messages) {
    var all = byName(before);
    for (var deed : deeds) {
      if (deed.is(Status.OK)) {
        begun(deed, all);
      }
    }
    for (var ended : ended(messages)) {
      all.remove(ended);
    }
    return List.copyOf(all.values());
  }

  private static void begun(Deed deed, Map<String, Item> all) {
    var job = STARTED.matcher(deed.result());
    if (deed.isCommand() && job.find()) {
      var text = "`%s` runs in the background: %s".formatted(job.group(1), deed.words());
      all.put(job.group(1), new Item(text, deed.source()));
    } else if (deed.tool().equals("bash") && deed.input().has("job")) {
      var id = deed.input().path("job").asText();
      if (!deed.result().contains("(" + id + " is running)")) {
        all.remove(id);
      }
    } else if (deed.isCommand()) {
      var place = PLACE.matcher(deed.command());
      if (place.find()) {
        all.put(
            "git " + place.group(1),
            new Item(
                "`git " + place.group(1) + "` was done last as " + deed.words(), deed.source()));
      }
    } else if (deed.tool().equals("agent")
        && deed.input().path("action").asText().equals("spawn")) {
      var id = AGENT.matcher(deed.result());
      if (id.find()) {
        all.put(
            id.group(1),
            new Item(
                "`"
                    + id.group(1)
                    + "` is a subagent at work: "
                    + head(deed.input().path("prompt").asText()),
                deed.source()));
      }
    } else if (deed.tool().equals("workflow")
        && deed.input().path("action").asText().equals("run")) {
      var id = RUN.matcher(deed.result());
      if (id.find()) {
        var run = id.group(1);
        all.put(
            run,
            new Item(
                "`"
                    + run
                    + "` is a workflow at work: `"
                    + deed.input().path("name").asText(deed.input().path("script").asText())
                    + "`",
                deed.source()));
      }
    }
  }

  private static String head(String text) {
    var line = text.strip().lines().findFirst().orElse("");
    return line.length() <= 160 ? line : line.substring(0, 160) + " …";
  }

  /// Who has told that it came to an end.
  private static List<String> ended(List<Message> messages) {
    var ended = new ArrayList<String>();
    for (var message : messages) {
      var texts =
          switch (message) {
            case Message.User(var text) -> List.of(text);
            case Message.Tools(var answers) ->
                answers.stream().map(Message.ToolAnswer::text).toList();
            case Message.Model _ -> List.<String>of();
          };
      for (var text : texts) {
        var matcher = ENDED.matcher(text);
        while (matcher.find()) {
          ended.add(matcher.group(1));
        }
      }
    }
    return ended;
  }
}
