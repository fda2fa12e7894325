package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.message.Message.Status;
import org.jspecify.annotations.Nullable;

/// What went wrong, in its own words, and what was done until it went well (K14).
final class Failures {

  private static final int LINES = 8;
  private static final int LINE_CHARS = 400;
  private static final int FIXES = 6;
  private static final String UNSOLVED = "Not solved yet.";

  private static final Pattern TELLING =
      Pattern.compile(
          "(?i)error|exception|fail|fatal|cannot|can't|not found|no such|denied|refused|undefined"
              + "|unexpected|expected|assert|panic|invalid|missing|timed? ?out|exit code|错误|失败|异常");

  private Failures() {}

  /// One failure, still looked at.
  private static final class Open {
    private final Deed first;
    private Deed last;
    private int count = 1;
    private final List<Deed> between = new ArrayList<>();

    Open(Deed first) {
      this.first = first;
      this.last = first;
    }
  }

  /// An item for each thing that failed, in the order in which it first did.
  static List<Item> of(List<Deed> deeds) {
    var open = new LinkedHashMap<String, Open>();
    var items = new LinkedHashMap<Deed, Item>();
    for (var deed : deeds) {
      if (deed.is(Status.ERROR)) {
        failed(deed, open);
      } else if (deed.is(Status.OK)) {
        var solved = open.remove(deed.aim());
        if (solved != null) {
          items.put(solved.first, item(solved, deed));
        }
        if (deed.changes()) {
          open.values().forEach(each -> each.between.add(deed));
        }
      }
    }
    open.values().forEach(each -> items.put(each.first, item(each, null)));
    return deeds.stream().filter(items::containsKey).map(items::get).toList();
  }

  private static void failed(Deed deed, Map<String, Open> open) {
    var known = open.get(deed.aim());
    if (known == null) {
      open.put(deed.aim(), new Open(deed));
    } else {
      known.last = deed;
      known.count++;
    }
  }

  private static Item item(Open failure, @Nullable Deed success) {
    var text = new ArrayList<String>();
    var times = failure.count == 1 ? "" : ", " + failure.count + " times";
    text.add(failure.first.words() + " failed" + times + ":");
    error(failure.last.result()).forEach(line -> text.add("> " + line));
    var sources = new ArrayList<String>();
    sources.add(failure.last.source());
    var done = failure.between.subList(0, Math.min(FIXES, failure.between.size()));
    var tried = String.join(", ", done.stream().map(Deed::words).distinct().toList());
    done.forEach(deed -> sources.add(deed.source()));
    if (success == null) {
      text.add(tried.isEmpty() ? UNSOLVED : "Tried since: " + tried + ". " + UNSOLVED);
    } else {
      text.add((tried.isEmpty() ? "Done again" : "Fixed by " + tried) + "; then it succeeded.");
      sources.add(success.source());
    }
    return new Item(String.join("\n", text), sources);
  }

  /// What an item says that was written when nothing had helped yet.
  static boolean isUnsolved(Item item) {
    return item.text().endsWith(UNSOLVED);
  }

  /// The same item once something helped.
  static String asSolved(Item item, String fix) {
    var text = item.text();
    return text.substring(0, text.length() - UNSOLVED.length()) + fix;
  }

  /// What failed, as the first line of an item says it.
  static String head(Item item) {
    var line = item.text().lines().findFirst().orElse("");
    int failed = line.lastIndexOf(" failed");
    return failed < 0 ? line : line.substring(0, failed);
  }

  /// The lines of an output that tell what went wrong.
  private static List<String> error(String output) {
    var lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    var telling = lines.stream().filter(line -> TELLING.matcher(line).find()).toList();
    var chosen =
        telling.isEmpty()
            ? lines.subList(Math.max(0, lines.size() - LINES / 2), lines.size())
            : telling.subList(0, Math.min(LINES, telling.size()));
    return chosen.stream()
        .map(line -> line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS) + " …")
        .toList();
  }
}
