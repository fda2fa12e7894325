package mimo.sandbox;

/// Finds the files a script imports. The sandbox reads no file: it asks, and text crosses.
public interface ImportedFiles {

  /// For scripts that may import nothing.
  ImportedFiles NONE =
      (importer, specifier) ->
          new Found.Refused("script_invalid", "this script cannot import anything");

  /// @param importer the file that imports, under the name it was found by
  /// @param specifier as it is written, for example `../lib.js`; not checked by anybody yet
  Found find(ScriptSource importer, String specifier) throws InterruptedException;

  /// What there is.
  sealed interface Found {

    /// @param source under a name that no other file of the script has
    record File(ScriptSource source) implements Found {}

    /// @param code `path_escape`, `script_missing` or `script_invalid`
    record Refused(String code, String message) implements Found {}
  }
}
