package mimo.sandbox;

import java.util.List;

/// What came of taking the types out of a TypeScript file.
public sealed interface Erasure {

  /// The file as JavaScript: what was a type is blank, so that lines and columns stay.
  record Erased(String text) implements Erasure {}

  /// The file holds what is more than a type, or is no TypeScript.
  record Refused(List<ScriptFault> faults) implements Erasure {
    public Refused {
      faults = List.copyOf(faults);
    }
  }

  /// Whether `erased` is nothing but `source` with parts of it blanked.
  ///
  /// Whoever answers, the worker or a file of the cache, can thus bring in no text of their own.
  /// They can still change what the rest means, by blanking a quote or the beginning of a comment:
  /// so only what was erased before any script ran may be remembered for others. A blanked type may
  /// leave a bracket or a semicolon behind, where the grammar needs one.
  static boolean isBlanked(String source, String erased) {
    if (source.length() != erased.length()) {
      return false;
    }
    for (int i = 0; i < source.length(); i++) {
      char left = erased.charAt(i);
      char was = source.charAt(i);
      boolean blank = " ;()".indexOf(left) >= 0 && was != '\n' && was != '\r';
      if (left != was && !blank) {
        return false;
      }
    }
    return true;
  }
}
