package mimo.sandbox.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one pure literal as data: objects, arrays, strings, numbers, booleans and `null`. Whatever
/// else stands there is refused by name, at its position.
final class LiteralReader {

  static final int MAX_DEPTH = 100;

  private static final JsonFactory JSON = new JsonFactory();

  /// What a literal says. Numbers are kept as JavaScript has them.
  sealed interface Literal {
    record Members(Map<String, Literal> members) implements Literal {}

    record Elements(List<Literal> elements) implements Literal {}

    record Text(String value) implements Literal {}

    record Numeral(double value) implements Literal {}

    record Truth(boolean value) implements Literal {}

    record Null() implements Literal {}
  }

  private final Cursor cursor;
  private final ScalarReader scalars;

  LiteralReader(Cursor cursor) {
    this.cursor = cursor;
    this.scalars = new ScalarReader(cursor);
  }

  Literal read() {
    return value(0);
  }

  /// The literal at an offset as JSON; null if what stands there is none, or is more than data.
  static @Nullable String jsonAt(Cursor cursor, int offset) {
    cursor.skip(offset - cursor.offset());
    try {
      var literal = new LiteralReader(cursor).read();
      return setsPrototype(literal) ? null : json(literal);
    } catch (FaultFound noLiteral) {
      return null;
    }
  }

  /// In a program this key is no member but the parent of the object.
  private static boolean setsPrototype(Literal literal) {
    return switch (literal) {
      case Literal.Members(var members) ->
          members.containsKey("__proto__")
              || members.values().stream().anyMatch(LiteralReader::setsPrototype);
      case Literal.Elements(var elements) ->
          elements.stream().anyMatch(LiteralReader::setsPrototype);
      case Literal.Text _, Literal.Numeral _, Literal.Truth _, Literal.Null _ -> false;
    };
  }

  static String json(Literal literal) {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      write(literal, json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  private Literal value(int depth) {
    if (depth > MAX_DEPTH) {
      throw cursor.fault("`meta` is nested deeper than " + MAX_DEPTH + " levels");
    }
    int from = cursor.offset();
    char c = cursor.peek();
    Literal value =
        switch (c) {
          case '{' -> object(depth);
          case '[' -> array(depth);
          case '"', '\'' -> new Literal.Text(scalars.string());
          case '.' -> cursor.looksAt("...") ? word(from) : new Literal.Numeral(scalars.number());
          case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
              new Literal.Numeral(scalars.number());
          default -> word(from);
        };
    refuseContinuation();
    return value;
  }

  private Literal word(int from) {
    if (cursor.takeWord("true")) {
      return new Literal.Truth(true);
    }
    if (cursor.takeWord("false")) {
      return new Literal.Truth(false);
    }
    if (cursor.takeWord("null")) {
      return new Literal.Null();
    }
    throw cursor.faultAt(from, "`meta` must be a pure literal, but here stands " + named());
  }

  private String named() {
    char c = cursor.peek();
    if (cursor.atEnd()) {
      return "the end of the file";
    }
    if (cursor.looksAt("...")) {
      return "a spread";
    }
    if (c == '`') {
      return "a template";
    }
    if (c == '(' || cursor.looksAt("function") || cursor.looksAt("async")) {
      return "a function or a bracketed expression";
    }
    if (cursor.looksAt("new ")) {
      return "a call (`new`)";
    }
    String name = cursor.takeIdentifier();
    return name.isEmpty() ? "the operator `" + c + "`" : "the name `" + name + "`";
  }

  /// After a value only a comma, a closing bracket or the end of the statement may stand.
  private void refuseContinuation() {
    int after = cursor.offset();
    cursor.skipTrivia();
    char c = cursor.peek();
    if (c == '(' || c == '`') {
      throw cursor.fault("`meta` must be a pure literal, but here stands a call");
    }
    if (!cursor.atEnd() && ".[+-*/%<>=&|^?".indexOf(c) >= 0) {
      boolean ownStatement = cursor.looksAt("++") || cursor.looksAt("--");
      if (!(ownStatement && cursor.crossedLine())) {
        throw cursor.fault(
            "`meta` must be a pure literal, but here stands the operator `" + c + "`");
      }
    }
    cursor.skip(after - cursor.offset());
  }

  private Literal array(int depth) {
    cursor.next();
    var elements = new ArrayList<Literal>();
    while (true) {
      cursor.skipTrivia();
      if (cursor.take(']')) {
        return new Literal.Elements(elements);
      }
      if (cursor.peek() == ',') {
        throw cursor.fault("`meta` must be a pure literal, but this array has a hole");
      }
      elements.add(value(depth + 1));
      cursor.skipTrivia();
      if (!cursor.take(',') && cursor.peek() != ']') {
        throw cursor.fault("expected `,` or `]`");
      }
    }
  }

  private Literal object(int depth) {
    cursor.next();
    var members = new LinkedHashMap<String, Literal>();
    while (true) {
      cursor.skipTrivia();
      if (cursor.take('}')) {
        return new Literal.Members(members);
      }
      String key = key();
      cursor.skipTrivia();
      if (!cursor.take(':')) {
        throw cursor.fault(notAMember(key));
      }
      cursor.skipTrivia();
      members.put(key, value(depth + 1));
      cursor.skipTrivia();
      if (!cursor.take(',') && cursor.peek() != '}') {
        throw cursor.fault("expected `,` or `}`");
      }
    }
  }

  private String key() {
    char c = cursor.peek();
    if (c == '"' || c == '\'') {
      return scalars.string();
    }
    if ((c >= '0' && c <= '9') || (c == '.' && !cursor.looksAt("..."))) {
      return ScalarReader.numberText(scalars.number());
    }
    if (c == '[') {
      throw cursor.fault("`meta` must be a pure literal, but here stands a computed key");
    }
    int from = cursor.offset();
    String name = cursor.looksAt("...") ? "" : cursor.takeIdentifier();
    if (name.isEmpty()) {
      throw cursor.faultAt(from, "`meta` must be a pure literal, but here stands " + named());
    }
    return name;
  }

  private String notAMember(String key) {
    char c = cursor.peek();
    if (c == '(') {
      return "`meta` must be a pure literal, but `" + key + "` is a function";
    }
    if (c == ',' || c == '}') {
      return "`meta` must be a pure literal, but here stands the name `" + key + "`";
    }
    if (key.equals("get") || key.equals("set")) {
      return "`meta` must be a pure literal, but here stands an accessor (`" + key + "`)";
    }
    return "expected `:` after the key `" + key + "`";
  }

  private static void write(Literal literal, JsonGenerator json) throws IOException {
    switch (literal) {
      case Literal.Members(var members) -> {
        json.writeStartObject();
        for (var member : members.entrySet()) {
          json.writeFieldName(member.getKey());
          write(member.getValue(), json);
        }
        json.writeEndObject();
      }
      case Literal.Elements(var elements) -> {
        json.writeStartArray();
        for (var element : elements) {
          write(element, json);
        }
        json.writeEndArray();
      }
      case Literal.Text(var value) -> json.writeString(value);
      case Literal.Numeral numeral -> json.writeRawValue(ScalarReader.numberText(numeral.value()));
      case Literal.Truth truth -> json.writeBoolean(truth.value());
      case Literal.Null _ -> json.writeNull();
    }
  }
}
