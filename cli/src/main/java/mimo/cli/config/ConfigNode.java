package mimo.cli.config;

import java.util.List;
import mimo.engine.SourcePosition;

/// A piece of a configuration file with the place it was read from.
sealed interface ConfigNode {

  SourcePosition position();

  /// A JSON object.
  record Section(List<Member> members, SourcePosition position) implements ConfigNode {
    public Section {
      members = List.copyOf(members);
    }
  }

  /// A JSON string.
  record Text(String value, SourcePosition position) implements ConfigNode {}

  /// A JSON number, as it is written.
  record Digits(String value, SourcePosition position) implements ConfigNode {}

  /// A JSON array.
  record Items(List<ConfigNode> items, SourcePosition position) implements ConfigNode {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// `true` or `false`.
  record Flag(boolean value, SourcePosition position) implements ConfigNode {}

  /// Anything else; no key takes it.
  record Other(String kind, SourcePosition position) implements ConfigNode {}

  /// One `"name": value`; `position` is the name's.
  record Member(String name, ConfigNode value, SourcePosition position) {}

  /// What this is, for messages.
  default String kindWord() {
    return switch (this) {
      case Section section -> "an object";
      case Text text -> "a string";
      case Digits digits -> "a number";
      case Items items -> "a list";
      case Flag flag -> String.valueOf(flag.value());
      case Other other -> other.kind();
    };
  }
}
