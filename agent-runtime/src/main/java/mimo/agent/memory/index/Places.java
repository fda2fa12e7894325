package mimo.agent.memory.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.agent.memory.index.Tables.Place;

/// Where all sections stand. Immutable.
final class Places {

  private final Map<Long, Place> places;
  private final Map<Beside, Long> sections = new HashMap<>();

  private record Beside(long document, int ordinal) {}

  Places(Map<Long, Place> places) {
    this.places = Map.copyOf(places);
    places.forEach(
        (section, place) -> sections.put(new Beside(place.document(), place.ordinal()), section));
  }

  int count() {
    return places.size();
  }

  Place of(long section) {
    var place = places.get(section);
    if (place == null) {
      throw new IllegalStateException("section " + section + " is in no document");
    }
    return place;
  }

  /// The sections right before and after one, in its document.
  List<Long> beside(long section) {
    var place = of(section);
    var found = new ArrayList<Long>();
    for (int step : new int[] {-1, 1}) {
      var neighbour = sections.get(new Beside(place.document(), place.ordinal() + step));
      if (neighbour != null) {
        found.add(neighbour);
      }
    }
    return found;
  }
}
