package mimo.agent.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import mimo.agent.AgentLimits;

/// Brings together what two have made of one text (M7): changes to different blocks are both kept.
/// Where they changed the same one, the first words stay, and the others are put under a heading of
/// their own.
final class TextMerge {

  static final String CONFLICTS = "Conflicts";

  private TextMerge() {}

  /// @param base what both began with
  /// @param stays whose words stay
  /// @param other whose words give way
  static String merge(String base, String stays, String other) {
    if (base.equals(stays) || stays.equals(other)) {
      return other;
    }
    if (base.equals(other)) {
      return stays;
    }
    var from = pieces(base);
    var mine = Hunk.between(from, pieces(stays));
    var theirs = Hunk.between(from, pieces(other));
    var merged = new StringBuilder();
    var lost = new ArrayList<String>();
    int at = 0;
    while (!mine.isEmpty() || !theirs.isEmpty()) {
      var group = Group.take(mine, theirs);
      append(merged, from, at, group.start());
      settle(group, merged, lost);
      at = group.end();
    }
    append(merged, from, at, from.size());
    return lost.isEmpty() ? merged.toString() : withConflicts(merged.toString(), lost);
  }

  private static void settle(Group group, StringBuilder merged, List<String> lost) {
    var stay = group.mine().isEmpty() ? group.theirs() : group.mine();
    var kept = new HashSet<String>();
    for (var hunk : stay) {
      merged.append(String.join("", hunk.pieces()));
      kept.addAll(hunk.pieces());
    }
    if (group.mine().isEmpty()) {
      return;
    }
    // Where both only added something, nothing contradicts.
    boolean both = group.start() == group.end();
    for (var hunk : group.theirs()) {
      for (var piece : hunk.pieces()) {
        if (both && !kept.contains(piece)) {
          terminate(merged);
          merged.append(piece);
        } else if (!piece.isBlank() && !kept.contains(piece)) {
          lost.add(piece);
        }
      }
    }
  }

  /// Hunks of both sides that cannot be told apart.
  private record Group(List<Hunk> mine, List<Hunk> theirs) {

    /// Takes the first hunk there is, and all that overlap.
    static Group take(List<Hunk> mine, List<Hunk> theirs) {
      var group = new Group(new ArrayList<>(), new ArrayList<>());
      boolean first =
          theirs.isEmpty()
              || (!mine.isEmpty() && mine.getFirst().start() <= theirs.getFirst().start());
      (first ? group.mine : group.theirs).add((first ? mine : theirs).removeFirst());
      boolean more = true;
      while (more) {
        more = group.takeFrom(mine, group.mine) || group.takeFrom(theirs, group.theirs);
      }
      return group;
    }

    private boolean takeFrom(List<Hunk> side, List<Hunk> into) {
      if (side.isEmpty() || !side.getFirst().overlaps(start(), end())) {
        return false;
      }
      into.add(side.removeFirst());
      return true;
    }

    int start() {
      return Math.min(first(mine), first(theirs));
    }

    private static int first(List<Hunk> side) {
      return side.isEmpty() ? Integer.MAX_VALUE : side.getFirst().start();
    }

    int end() {
      return Math.max(last(mine), last(theirs));
    }

    private static int last(List<Hunk> side) {
      return side.isEmpty() ? 0 : side.getLast().end();
    }
  }

  private static void append(StringBuilder merged, List<String> from, int start, int end) {
    for (int i = start; i < end; i++) {
      merged.append(from.get(i));
    }
  }

  /// Two texts of which nobody knows what they began with: the first, and what only the other has.
  static String union(String stays, String other) {
    var known = new HashSet<>(pieces(stays));
    var lost = new ArrayList<String>();
    for (var block : MarkdownText.of(other).blocks()) {
      if (block.kind() == MarkdownText.Kind.ENTRY && !known.contains(block.raw())) {
        lost.add(block.raw());
      }
    }
    return lost.isEmpty() ? stays : withConflicts(stays, lost);
  }

  private static String withConflicts(String text, List<String> lost) {
    var now = MarkdownText.of(text);
    var end = now.newline();
    int at = now.sectionEnd(CONFLICTS);
    var blocks = now.blocks();
    var all = new StringBuilder();
    blocks.subList(0, at < 0 ? blocks.size() : at).forEach(block -> all.append(block.raw()));
    terminate(all);
    if (at < 0) {
      all.append(end).append("## ").append(CONFLICTS).append(end).append(end);
    }
    for (var piece : lost) {
      all.append(piece);
      terminate(all);
    }
    if (at >= 0) {
      blocks.subList(at, blocks.size()).forEach(block -> all.append(block.raw()));
    }
    return all.toString();
  }

  /// The next piece begins a line.
  private static void terminate(StringBuilder text) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
  }

  private static List<String> pieces(String text) {
    return new ArrayList<>(
        MarkdownText.of(text).blocks().stream().map(MarkdownText.Block::raw).toList());
  }

  /// Pieces that took the place of others.
  ///
  /// @param start of those that were replaced
  /// @param end after them
  private record Hunk(int start, int end, List<String> pieces) {

    /// Whether it changes something between these two, or adds where they begin.
    boolean overlaps(int from, int to) {
      return start == from || (start < to && end > from);
    }

    /// What makes one list of the other; by the longest sequence they have in common.
    static List<Hunk> between(List<String> from, List<String> to) {
      int head = 0;
      while (head < from.size() && head < to.size() && from.get(head).equals(to.get(head))) {
        head++;
      }
      int tail = 0;
      while (tail < from.size() - head
          && tail < to.size() - head
          && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
        tail++;
      }
      var old = from.subList(head, from.size() - tail);
      var fresh = to.subList(head, to.size() - tail);
      return hunks(head, old, fresh);
    }

    private static List<Hunk> hunks(int offset, List<String> old, List<String> fresh) {
      var hunks = new ArrayList<Hunk>();
      if ((long) old.size() * fresh.size() > AgentLimits.MEMORY_MERGE_CELLS) {
        hunks.add(new Hunk(offset, offset + old.size(), List.copyOf(fresh)));
        return hunks;
      }
      var common = lengths(old, fresh);
      int i = 0;
      int j = 0;
      while (i < old.size() || j < fresh.size()) {
        if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
          i++;
          j++;
          continue;
        }
        int start = i;
        int begin = j;
        while (i < old.size() || j < fresh.size()) {
          if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
            break;
          }
          boolean drops =
              j == fresh.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1]);
          i += drops ? 1 : 0;
          j += drops ? 0 : 1;
        }
        hunks.add(new Hunk(offset + start, offset + i, List.copyOf(fresh.subList(begin, j))));
      }
      return hunks;
    }

    private static int[][] lengths(List<String> old, List<String> fresh) {
      var common = new int[old.size() + 1][fresh.size() + 1];
      for (int i = old.size() - 1; i >= 0; i--) {
        for (int j = fresh.size() - 1; j >= 0; j--) {
          common[i][j] =
              old.get(i).equals(fresh.get(j))
                  ? common[i + 1][j + 1] + 1
                  : Math.max(common[i + 1][j], common[i][j + 1]);
        }
      }
      return common;
    }
  }
}
