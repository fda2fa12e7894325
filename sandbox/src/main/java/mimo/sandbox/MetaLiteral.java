package mimo.sandbox;

import mimo.sandbox.compile.MetaReader;

/// `export const meta = {…}` of a script, read as data from its first statement: no worker is
/// needed, and nothing is evaluated.
public sealed interface MetaLiteral {

  static MetaLiteral of(ScriptSource source) {
    return switch (MetaReader.read(source)) {
      case MetaReader.Reading.Found found -> new Found(found.json());
      case MetaReader.Reading.Faulty faulty -> new Faulty(faulty.fault());
    };
  }

  /// It is there, as JSON text.
  record Found(String json) implements MetaLiteral {}

  record Faulty(ScriptFault fault) implements MetaLiteral {}
}
