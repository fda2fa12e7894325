package mimo.sandbox.compile;

import mimo.sandbox.GuestEvent.Position;

/// A script or library file, ready for the engine.
public final class CompiledScript {

  private final String name;
  private final String meta;
  private final String text;
  private final SourceMap map;
  private final int[] sites;

  CompiledScript(String name, String meta, String text, SourceMap map, int[] sites) {
    this.name = name;
    this.meta = meta;
    this.text = text;
    this.map = map;
    this.sites = sites.clone();
  }

  /// The name under which people know the file.
  public String name() {
    return name;
  }

  /// `meta` as JSON text; an empty object for a library file.
  public String meta() {
    return meta;
  }

  /// The text to run: an expression whose value is a function of the kernel's helpers.
  public String text() {
    return text;
  }

  /// The author's position for a position in [#text]; 0:0 if there is none.
  public Position written(int line, int column) {
    return map.toWritten(new Position(line, column));
  }

  /// Where the body's await with this number stands; 0:0 if there is no such await.
  public Position site(int number) {
    return number < 0 || number >= sites.length ? new Position(0, 0) : map.writtenAt(sites[number]);
  }
}
