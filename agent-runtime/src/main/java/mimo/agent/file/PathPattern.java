package mimo.agent.file;

import java.util.ArrayList;
import java.util.List;

/// A pattern for whole paths: parts separated by `/`, where the part `**` stands for any number of
/// parts, none included.
final class PathPattern {

  private sealed interface Part {
    /// `**`
    record AnyDepth() implements Part {}

    record One(SegmentPattern pattern) implements Part {}
  }

  private final List<Part> parts;

  private PathPattern(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// @throws IllegalArgumentException if the pattern is malformed
  static PathPattern parse(String text) {
    var parts = new ArrayList<Part>();
    for (var part : text.split("/", -1)) {
      if (part.equals("**")) {
        parts.add(new Part.AnyDepth());
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(new Part.One(SegmentPattern.parse(part)));
      }
    }
    return new PathPattern(parts);
  }

  boolean matches(String path) {
    return matches(List.of(path.split("/", -1)));
  }

  /// The same greedy walk as in [SegmentPattern#matches], one level up.
  private boolean matches(List<String> names) {
    int part = 0;
    int at = 0;
    int deepPart = -1;
    int deepAt = 0;
    while (at < names.size()) {
      if (part < parts.size() && parts.get(part) instanceof Part.AnyDepth) {
        deepPart = part++;
        deepAt = at;
      } else if (part < parts.size()
          && parts.get(part) instanceof Part.One(var one)
          && one.matches(names.get(at))) {
        part++;
        at++;
      } else if (deepPart >= 0) {
        part = deepPart + 1;
        at = ++deepAt;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part) instanceof Part.AnyDepth) {
      part++;
    }
    return part == parts.size();
  }
}
