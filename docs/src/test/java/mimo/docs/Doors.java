package mimo.docs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The ways out of the program (streams, exit, files, processes, sockets) and who may use them.
final class Doors {

  /// One way out.
  ///
  /// @param members the fields and methods that lead out, as `owner#member`; `owner#*` is all of a
  ///   class, `owner.*#*` all classes whose names begin so
  record Door(String name, List<String> members, List<Place> places) {
    boolean isUsedBy(String use) {
      return members.stream().anyMatch(member -> matches(member, use));
    }

    private static boolean matches(String member, String use) {
      if (member.endsWith("*#*")) {
        return use.startsWith(member.substring(0, member.length() - 3));
      }
      return member.endsWith("#*")
          ? use.startsWith(member.substring(0, member.length() - 1))
          : use.equals(member);
    }
  }

  private Doors() {}

  /// Uses of a door by a class that stands in none of the door's places.
  static List<String> usedElsewhere(Collection<CompiledClass> classes, List<Door> doors) {
    var found = new ArrayList<String>();
    for (var door : doors) {
      for (var type : classes) {
        if (door.places().stream().anyMatch(place -> place.holds(type))) {
          continue;
        }
        type.uses().stream()
            .filter(door::isUsedBy)
            .forEach(use ->
                found.add(
                    type.name()
                        + " uses "
                        + use
                        + ": "
                        + door.name()
                        + " belongs to "
                        + door.places().stream().map(Place::text).toList()));
      }
    }
    return found;
  }

  /// Places in the table that no class makes use of: the table must not be wider than the code.
  static List<String> unused(Collection<CompiledClass> classes, List<Door> doors) {
    var found = new ArrayList<String>();
    for (var door : doors) {
      for (var place : door.places()) {
        var used =
            classes.stream()
                .filter(place::holds)
                .anyMatch(type -> type.uses().stream().anyMatch(door::isUsedBy));
        if (!used) {
          found.add(door.name() + ": " + place.text() + " makes no use of it; drop it here");
        }
      }
    }
    return found;
  }
}
