package mimo.docs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the places where code reaches through a wall. Each finding is one line for people.
final class Walls {

  /// A library, or a part of the platform, and where it may be named.
  ///
  /// @param prefixes how the names of its classes begin
  record Library(String name, List<String> prefixes, List<Place> places) {
    boolean owns(String className) {
      return prefixes.stream().anyMatch(className::startsWith);
    }

    boolean mayBeNamedIn(CompiledClass type) {
      return places.stream().anyMatch(place -> place.holds(type));
    }
  }

  private Walls() {}

  /// Classes of one room that name a class of a room they must not see.
  static List<String> betweenRooms(
      Collection<CompiledClass> classes, Map<String, Set<String>> rooms) {
    var found = new ArrayList<String>();
    for (var type : classes) {
      var own = roomOf(type.name(), rooms);
      for (var mentioned : type.mentions()) {
        if (!mentioned.startsWith("mimo.")) {
          continue;
        }
        var other = roomOf(mentioned, rooms);
        if (!other.equals(own) && !rooms.getOrDefault(own, Set.of()).contains(other)) {
          found.add(type.name() + " names " + mentioned + ": " + own + " must not see " + other);
        }
      }
    }
    return found;
  }

  private static String roomOf(String className, Map<String, Set<String>> rooms) {
    return rooms.keySet().stream()
        .filter(room -> className.startsWith(room + "."))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(className + " lies in no room of the table"));
  }

  /// Classes that name an outside library in a place where it does not belong, or one that no row
  /// of the table knows.
  static List<String> aroundLibraries(Collection<CompiledClass> classes, List<Library> table) {
    var found = new ArrayList<String>();
    for (var type : classes) {
      for (var mentioned : type.mentions()) {
        var row = table.stream().filter(library -> library.owns(mentioned)).findFirst();
        if (row.isPresent() && !row.get().mayBeNamedIn(type)) {
          found.add(
              type.name()
                  + " names "
                  + mentioned
                  + ": "
                  + row.get().name()
                  + " stays in "
                  + row.get().places().stream().map(Place::text).toList());
        } else if (row.isEmpty() && isOutside(mentioned)) {
          found.add(type.name() + " names " + mentioned + ": no row of the library table has it");
        }
      }
    }
    return found;
  }

  /// Places of the table in which nothing names the library: the table must not be wider than the
  /// code.
  static List<String> unused(Collection<CompiledClass> classes, List<Library> table) {
    var found = new ArrayList<String>();
    for (var library : table) {
      for (var place : library.places()) {
        var used =
            classes.stream()
                .filter(place::holds)
                .anyMatch(type -> type.mentions().stream().anyMatch(library::owns));
        if (!used) {
          found.add(library.name() + " is not named in " + place.text() + "; drop it there");
        }
      }
    }
    return found;
  }

  private static boolean isOutside(String className) {
    return className.contains(".")
        && !className.startsWith("mimo.")
        && !className.startsWith("java.");
  }

  /// Classes that name a class of `guarded` without standing in one of `friends`.
  static List<String> around(
      Place guarded, List<Place> friends, Collection<CompiledClass> classes) {
    var names = new TreeSet<String>();
    classes.stream().filter(guarded::holds).forEach(type -> names.add(type.name()));
    var found = new ArrayList<String>();
    for (var type : classes) {
      if (guarded.holds(type) || friends.stream().anyMatch(friend -> friend.holds(type))) {
        continue;
      }
      type.mentions().stream()
          .filter(names::contains)
          .forEach(
              name -> found.add(type.name() + " names " + name + ", inside " + guarded.text()));
    }
    return found;
  }

  /// Circles between packages with the same parent. What lies below a package counts as part of it;
  /// a parent is its children's face and may know them.
  static List<String> circles(Collection<CompiledClass> classes) {
    var edges = new TreeMap<String, Set<String>>();
    for (var type : classes) {
      for (var mentioned : type.mentions()) {
        if (mentioned.startsWith("mimo.")) {
          addSiblingEdge(type.packageName(), CompiledClass.packageOf(mentioned), edges);
        }
      }
    }
    var found = new TreeSet<String>();
    edges.keySet().forEach(start -> seekCircle(List.of(start), edges, found));
    return List.copyOf(found);
  }

  private static void addSiblingEdge(String from, String to, Map<String, Set<String>> edges) {
    var one = from.split("\\.", -1);
    var two = to.split("\\.", -1);
    var shared = 0;
    while (shared < one.length && shared < two.length && one[shared].equals(two[shared])) {
      shared++;
    }
    // Two names under one room that part ways: the first differing segments are siblings.
    if (shared >= 2 && shared < one.length && shared < two.length) {
      edges.computeIfAbsent(head(one, shared), key -> new TreeSet<>()).add(head(two, shared));
    }
  }

  private static String head(String[] segments, int last) {
    return String.join(".", List.of(segments).subList(0, last + 1));
  }

  /// A circle is reported from its alphabetically first member, so it is reported once.
  private static void seekCircle(
      List<String> way, Map<String, Set<String>> edges, Set<String> found) {
    for (var next : edges.getOrDefault(way.getLast(), Set.of())) {
      if (next.equals(way.getFirst())) {
        found.add(String.join(" -> ", way) + " -> " + next);
      } else if (next.compareTo(way.getFirst()) > 0 && !way.contains(next)) {
        var longer = new ArrayList<>(way);
        longer.add(next);
        seekCircle(longer, edges, found);
      }
    }
  }
}
