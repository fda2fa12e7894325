package mimo.agent.memory.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.memory.index.Tables.Place;

/// Where all sections stand. Sections are numbered from zero here, in the order of their ids, so
/// that what is gathered about them for one question fits into arrays. Immutable.
final class Places {

  /// Stands for no section.
  static final int NONE = -1;

  private final long[] ids;
  private final Place[] places;
  private final int[] after;
  private final int[] before;

  private record Standing(long document, int ordinal) {}

  Places(Map<Long, Place> all) {
    ids = new long[all.size()];
    places = new Place[all.size()];
    var numbers = new HashMap<Standing, Integer>();
    new TreeMap<>(all)
        .forEach((id, place) -> {
          int number = numbers.size();
          ids[number] = id;
          places[number] = place;
          numbers.put(new Standing(place.document(), place.ordinal()), number);
        });
    after = beside(numbers, 1);
    before = beside(numbers, -1);
  }

  private int[] beside(Map<Standing, Integer> numbers, int step) {
    var beside = new int[ids.length];
    for (int number = 0; number < ids.length; number++) {
      var there = new Standing(places[number].document(), places[number].ordinal() + step);
      beside[number] = numbers.getOrDefault(there, NONE);
    }
    return beside;
  }

  int count() {
    return ids.length;
  }

  /// The number of a section.
  int number(long id) {
    int number = Arrays.binarySearch(ids, id);
    if (number < 0) {
      throw new IllegalStateException("section " + id + " is in no document");
    }
    return number;
  }

  long id(int number) {
    return ids[number];
  }

  Place of(int number) {
    return places[number];
  }

  /// The section after one in its document, or [#NONE].
  int after(int number) {
    return after[number];
  }

  /// The section before one in its document, or [#NONE].
  int before(int number) {
    return before[number];
  }
}
