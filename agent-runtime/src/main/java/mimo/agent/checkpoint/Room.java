package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.memory.MemoryDigest;

/// Fits items into the room a section has. What has none goes to a file of its own, and a line says
/// so: nothing is cut silently (K11).
final class Room {

  private static final Pattern MORE =
      Pattern.compile("^More: `checkpoint-[a-z-]+\\.md` \\((\\d{1,6}) more\\)$");

  /// What the line that names the file may need.
  private static final int MORE_TOKENS = 20;

  private Room() {}

  /// What is in a section, and what is not.
  record Fitted(String body, List<Spill> spills) {}

  /// The tokens a section has.
  static double tokens(String body) {
    return MemoryDigest.tokens(body);
  }

  /// Whether an item is the line that says where more is.
  static boolean isMore(Item item) {
    return MORE.matches(item.text());
  }

  /// The latest items, as many as there is room for, in their order.
  ///
  /// @param items the earliest first; among them perhaps the line of the checkpoint before
  static Fitted fit(Section section, List<Item> items) {
    int before = items.stream().mapToInt(Room::moreIn).sum();
    var all = items.stream().filter(item -> !isMore(item)).toList();
    double room = section.tokens();
    if (before == 0 && tokens(Item.body(all)) <= room) {
      return new Fitted(Item.body(all), List.of());
    }
    room -= MORE_TOKENS;
    int first = all.size();
    while (first > 0 && tokens(all.get(first - 1).markdown()) + 1 <= room) {
      first--;
      room -= tokens(all.get(first).markdown()) + 1;
    }
    var kept = new ArrayList<Item>();
    if (before + first > 0) {
      kept.add(more(section, before + first));
    }
    kept.addAll(all.subList(first, all.size()));
    var spilled = all.subList(0, first);
    return new Fitted(
        Item.body(kept),
        spilled.isEmpty() ? List.of() : List.of(new Spill(section, Item.body(spilled))));
  }

  private static int moreIn(Item item) {
    var matcher = MORE.matcher(item.text());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  static Item more(Section section, int count) {
    return new Item("More: `checkpoint-%s.md` (%d more)".formatted(section.word(), count));
  }
}
