package mimo.agent.memory.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

  /// The section that stands so many after one in its document; before it, if negative.
  Optional<Long> beside(long section, int steps) {
    var place = of(section);
    return Optional.ofNullable(sections.get(new Beside(place.document(), place.ordinal() + steps)));
  }
}
