package mimo.sandbox.compile;

import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;

/// Reads `export const meta = {…}` from the first statement of a script, as data.
///
/// It is the only JavaScript the parent process can read: no engine stands behind it and nothing is
/// evaluated.
public final class MetaReader {

  private MetaReader() {}

  /// What stands in the first statement.
  public sealed interface Reading {

    /// It is there.
    ///
    /// @param json the literal as JSON text
    /// @param program where the program begins, after byte order mark and interpreter line
    /// @param export where the word `export` begins
    /// @param end where the statement has ended
    record Found(String json, int program, int export, int end) implements Reading {}

    record Faulty(ScriptFault fault) implements Reading {}
  }

  public static Reading read(ScriptSource source) {
    try {
      return read(new Cursor(source.text()), source.name().endsWith(".ts"));
    } catch (FaultFound found) {
      return new Reading.Faulty(found.fault());
    }
  }

  private static Reading read(Cursor cursor, boolean typed) {
    cursor.skipPreamble();
    int program = cursor.offset();
    cursor.skipTrivia();
    int export = cursor.offset();
    expectWord(cursor, "export", export);
    expectWord(cursor, "const", export);
    expectWord(cursor, "meta", export);
    if (typed && cursor.take(':')) {
      takeTypeName(cursor);
    }
    if (!cursor.take('=')) {
      throw missing(cursor, export);
    }
    cursor.skipTrivia();
    if (cursor.peek() != '{') {
      throw cursor.fault("`meta` must be an object literal");
    }
    var literal = new LiteralReader(cursor).read();
    if (typed) {
      takeAssertion(cursor);
    }
    expectEndOfStatement(cursor);
    return new Reading.Found(LiteralReader.json(literal), program, export, cursor.offset());
  }

  private static void expectWord(Cursor cursor, String word, int from) {
    if (!cursor.takeWord(word)) {
      throw missing(cursor, from);
    }
    cursor.skipTrivia();
  }

  private static FaultFound missing(Cursor cursor, int from) {
    return cursor.faultAt(from, "the first statement must be `export const meta = {…}`");
  }

  /// `as const` or `satisfies Name`, which change nothing of the literal's value.
  private static void takeAssertion(Cursor cursor) {
    int literalEnd = cursor.offset();
    cursor.skipTrivia();
    // On a line of its own it would be a name.
    if (cursor.crossedLine()) {
      cursor.skip(literalEnd - cursor.offset());
    } else if (cursor.takeWord("as")) {
      cursor.skipTrivia();
      if (!cursor.takeWord("const")) {
        throw cursor.fault("`meta` takes `as const` and no other assertion with `as`");
      }
    } else if (cursor.takeWord("satisfies")) {
      takeTypeName(cursor);
    }
  }

  private static void takeTypeName(Cursor cursor) {
    do {
      cursor.skipTrivia();
      if (cursor.takeIdentifier().isEmpty()) {
        throw cursor.fault("the type of `meta` must be a name");
      }
      cursor.skipTrivia();
    } while (cursor.take('.'));
  }

  private static void expectEndOfStatement(Cursor cursor) {
    cursor.skipTrivia();
    boolean ended = cursor.atEnd() || cursor.peek() == ';' || cursor.crossedLine();
    boolean operator = cursor.takeWord("in") || cursor.takeWord("instanceof");
    if (!ended || operator || cursor.peek() == ',') {
      throw cursor.fault("`meta` must be a pure literal and a statement of its own");
    }
  }
}
