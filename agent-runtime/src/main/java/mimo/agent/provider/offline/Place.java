package mimo.agent.provider.offline;

import org.jspecify.annotations.Nullable;

/// Where in an answer a value stands.
///
/// @param name the nearest property's name; empty at the top
/// @param file the file this part of the answer is about; null for the subject as a whole
/// @param depth how many objects and lists stand round it
/// @param number its place in a list that files do not fill; 0 outside of one
record Place(String name, @Nullable Excerpt file, int depth, int number) {

  Place(String name, @Nullable Excerpt file, int depth) {
    this(name, file, depth, 0);
  }

  Place at(String property) {
    return new Place(property, file, depth + 1, number);
  }

  Place about(Excerpt excerpt) {
    return new Place(name, excerpt, depth + 1, number);
  }

  Place below() {
    return new Place(name, file, depth + 1, number);
  }

  Place number(int other) {
    return new Place(name, file, depth, other);
  }
}
