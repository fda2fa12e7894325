package mimo.sandbox.compile;

import java.util.List;
import java.util.Set;
import mimo.sandbox.Compilation.Compiled;
import mimo.sandbox.Compilation.Import;
import mimo.sandbox.Compilation.Reference;
import mimo.sandbox.Compilation.SchemaLiteral;
import mimo.sandbox.GuestEvent.Position;

/// A script or library file, ready for the engine.
public final class CompiledScript {

  private final String name;
  private final Role role;
  private final Parts parts;
  private final String text;
  private final SourceMap map;
  private final int[] sites;

  /// What a file is to the program.
  enum Role {
    SCRIPT,
    MODULE,
    LIBRARY
  }

  /// What a file says of itself.
  ///
  /// @param meta as JSON text; an empty object but for a script
  record Parts(
      String meta,
      List<Import> imports,
      List<Imports.Wanted> wanted,
      Set<String> exports,
      List<Integer> stars,
      List<Reference> free,
      List<SchemaLiteral> schemas,
      List<Reference> options,
      List<Reference> scripts) {

    static final Parts NONE =
        new Parts(
            "{}", List.of(), List.of(), Set.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());
  }

  CompiledScript(String name, Role role, Parts parts, Edits.Applied applied, int[] sites) {
    this.name = name;
    this.role = role;
    this.parts = parts;
    this.text = applied.text();
    this.map = applied.map();
    this.sites = sites.clone();
  }

  /// The name under which people know the file.
  public String name() {
    return name;
  }

  /// What a caller learns of the file.
  public Compiled compiled() {
    return new Compiled(
        parts.meta(),
        parts.imports(),
        parts.free(),
        parts.schemas(),
        parts.options(),
        parts.scripts());
  }

  /// Whether it is the script itself, no file it imports.
  boolean isScript() {
    return role == Role.SCRIPT;
  }

  /// How many files it imports.
  public int imports() {
    return parts.imports().size();
  }

  /// The names it wants of the files it imports.
  List<Imports.Wanted> wanted() {
    return parts.wanted();
  }

  /// The names it exports itself.
  Set<String> exports() {
    return parts.exports();
  }

  /// The numbers of the files all of whose exports are its own too.
  List<Integer> stars() {
    return parts.stars();
  }

  /// The text to run: an expression whose value is a function of the kernel's helpers.
  public String text() {
    return text;
  }

  /// The author's position for a position in [#text]; 0:0 if there is none.
  public Position written(int line, int column) {
    return here(map.toWritten(new Position(line, column)));
  }

  /// Where the body's await with this number stands; 0:0 if there is no such await.
  public Position site(int number) {
    return number < 0 || number >= sites.length ? new Position(0, 0) : map.writtenAt(sites[number]);
  }

  private Position here(Position position) {
    return role == Role.MODULE ? position.in(name) : position;
  }
}
