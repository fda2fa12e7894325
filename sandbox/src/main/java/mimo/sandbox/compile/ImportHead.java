package mimo.sandbox.compile;

/// Finds where the imports at the head of a script end. What they say is read by the parser.
final class ImportHead {

  private final Cursor cursor;

  private ImportHead(Cursor cursor) {
    this.cursor = cursor;
  }

  /// The offset behind the last import that follows `from`; `from` itself if none does.
  static int end(String text, int from) {
    var head = new ImportHead(new Cursor(text));
    head.cursor.skip(from);
    int end = from;
    while (head.takeImport()) {
      end = head.cursor.offset();
    }
    return end;
  }

  private boolean takeImport() {
    cursor.skipTrivia();
    while (cursor.take(';')) {
      cursor.skipTrivia();
    }
    if (!cursor.takeWord("import")) {
      return false;
    }
    cursor.skipTrivia();
    // A call or `import.meta` is an expression: the body begins here.
    return cursor.peek() != '(' && cursor.peek() != '.' && takeSpecifier();
  }

  /// A text in the braces may name an export too; the specifier comes first or behind `from`.
  private boolean takeSpecifier() {
    boolean specifier = true;
    while (!cursor.atEnd()) {
      char c = cursor.peek();
      if (c == '"' || c == '\'') {
        if (!takeText() || specifier) {
          return true;
        }
      } else if (cursor.takeWord("from")) {
        specifier = true;
      } else {
        specifier = false;
        if (cursor.takeIdentifier().isEmpty()) {
          cursor.next();
        }
      }
      cursor.skipTrivia();
    }
    return true;
  }

  private boolean takeText() {
    char quote = cursor.next();
    while (!cursor.atEnd() && !Cursor.isLineBreak(cursor.peek())) {
      char c = cursor.next();
      if (c == quote) {
        return true;
      }
      if (c == '\\') {
        cursor.skip(1);
      }
    }
    return false;
  }
}
