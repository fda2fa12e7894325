package mimo.sandbox;

import java.util.List;
import mimo.sandbox.GuestEvent.Position;

/// What came of compiling a script. Nothing of the script has run.
public sealed interface Compilation {

  /// The script is a legal program.
  ///
  /// @param meta the literal of `export const meta` as JSON text
  /// @param imports what the file imports, in order
  /// @param free the names it uses and does not declare, each where it is used first
  /// @param schemas what is certain to be given to an agent as its schema
  /// @param options the options it writes out for `agent`, each where it stands first
  /// @param scripts what it writes out as the first argument of `workflow`
  record Compiled(
      String meta,
      List<Import> imports,
      List<Reference> free,
      List<SchemaLiteral> schemas,
      List<Reference> options,
      List<Reference> scripts)
      implements Compilation {
    public Compiled {
      imports = List.copyOf(imports);
      free = List.copyOf(free);
      schemas = List.copyOf(schemas);
      options = List.copyOf(options);
      scripts = List.copyOf(scripts);
    }

    public Compiled(String meta) {
      this(meta, List.of(), List.of(), List.of(), List.of(), List.of());
    }
  }

  /// One file that a file asks for.
  ///
  /// @param specifier as it is written, for example `./lib.js`
  record Import(String specifier, Position position) {}

  /// A schema that stands in the program as a literal.
  ///
  /// @param json the literal as JSON text
  record SchemaLiteral(String json, Position position) {

    SchemaLiteral in(String file) {
      return new SchemaLiteral(json, position.in(file));
    }
  }

  /// A name, or another text, where it is used.
  record Reference(String name, Position position) {

    Reference in(String file) {
      return new Reference(name, position.in(file));
    }
  }

  /// The script is refused. There is at least one fault, each with a position where one is known.
  record Rejected(List<ScriptFault> faults) implements Compilation {
    public Rejected {
      faults = List.copyOf(faults);
    }
  }
}
