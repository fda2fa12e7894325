package mimo.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mimo.cli.error.CommandException;
import mimo.engine.SourcePosition;

/// Reads JSON with comments and trailing commas, keeping places. Confined to one thread.
///
/// Written here rather than borrowed: a configuration is typed by people, and a general parser's
/// words for their slips are about its own tokens, not about what they meant.
final class JsoncReader {

  /// Nothing in a configuration nests deeper.
  private static final int MAX_DEPTH = 32;

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final Cursor cursor;

  private JsoncReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /// The object a whole file holds; an empty file holds an empty one.
  ///
  /// @throws CommandException `config_invalid` at the place where the text is no JSON object
  static ConfigNode.Section read(String file, String text) {
    return new JsoncReader(new Cursor(file, text)).document();
  }

  private ConfigNode.Section document() {
    cursor.skipBlank();
    if (cursor.atEnd()) {
      return new ConfigNode.Section(List.of(), cursor.position());
    }
    if (!cursor.sees('{')) {
      throw cursor.fault("a configuration is one object, { … }; found " + cursor.found());
    }
    var section = section(0);
    cursor.skipBlank();
    if (!cursor.atEnd()) {
      throw cursor.fault("nothing may follow the object; found " + cursor.found());
    }
    return section;
  }

  private ConfigNode.Section section(int depth) {
    var begin = cursor.position();
    cursor.next();
    var members = new ArrayList<ConfigNode.Member>();
    Map<String, Integer> lines = new HashMap<>();
    while (!closes('}', begin)) {
      var member = member(begin, depth);
      var line = lines.put(member.name(), member.position().line());
      if (line != null) {
        throw cursor.fault(
            member.position(),
            "the key '" + member.name() + "' stands twice in one object, first in line " + line);
      }
      members.add(member);
      separate("two keys", '}', begin);
    }
    return new ConfigNode.Section(members, begin);
  }

  private ConfigNode.Member member(SourcePosition begin, int depth) {
    var at = cursor.position();
    if (!cursor.sees('"')) {
      throw cursor.fault("a key stands in double quotes; found " + cursor.found());
    }
    var name = cursor.string();
    cursor.skipBlank();
    refuseEnd("object", begin);
    if (!cursor.sees(':')) {
      throw cursor.fault("after the key '" + name + "' comes a ':'; found " + cursor.found());
    }
    cursor.next();
    return new ConfigNode.Member(name, value(depth, begin), at);
  }

  private ConfigNode value(int depth, SourcePosition begin) {
    cursor.skipBlank();
    refuseEnd("object", begin);
    if (depth >= MAX_DEPTH) {
      throw cursor.fault("no configuration nests more than " + MAX_DEPTH + " levels deep");
    }
    var at = cursor.position();
    if (cursor.sees('{')) {
      return section(depth + 1);
    }
    if (cursor.sees('[')) {
      return new ConfigNode.Items(items(depth), at);
    }
    if (cursor.sees('"')) {
      return new ConfigNode.Text(cursor.string(), at);
    }
    return word(at);
  }

  private ConfigNode word(SourcePosition at) {
    var found = cursor.found();
    var word = cursor.word();
    if (NUMBER.matcher(word).matches()) {
      return new ConfigNode.Digits(word, at);
    }
    return switch (word) {
      case "true", "false" -> new ConfigNode.Flag(word.equals("true"), at);
      case "null" -> new ConfigNode.Other(word, at);
      case "" -> throw cursor.fault(at, "expected a value; found " + found);
      default ->
          throw cursor.fault(at, "'" + word + "' is no value; a string stands in double quotes");
    };
  }

  private List<ConfigNode> items(int depth) {
    var begin = cursor.position();
    cursor.next();
    var items = new ArrayList<ConfigNode>();
    while (!closes(']', begin)) {
      items.add(value(depth + 1, begin));
      separate("two values", ']', begin);
    }
    return items;
  }

  /// Steps over the closing bracket, if it is next.
  private boolean closes(char bracket, SourcePosition begin) {
    cursor.skipBlank();
    refuseEnd(bracket == '}' ? "object" : "list", begin);
    if (cursor.sees(bracket)) {
      cursor.next();
      return true;
    }
    return false;
  }

  private void separate(String what, char bracket, SourcePosition begin) {
    cursor.skipBlank();
    refuseEnd(bracket == '}' ? "object" : "list", begin);
    if (cursor.sees(',')) {
      cursor.next();
    } else if (!cursor.sees(bracket)) {
      throw cursor.fault("between " + what + " stands a ','; found " + cursor.found());
    }
  }

  private void refuseEnd(String what, SourcePosition begin) {
    if (cursor.atEnd()) {
      throw cursor.fault(begin, "this " + what + " is never closed");
    }
  }
}
