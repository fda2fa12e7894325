package mimo.docs;

/// A part of the code, as the tables write it: `mimo.agent..` is a package with all below it,
/// `mimo.agent.file` exactly this package, `mimo.cli.Main` one class with what is nested in it.
record Place(String text) {

  boolean holds(CompiledClass type) {
    if (text.endsWith("..")) {
      var packageName = text.substring(0, text.length() - 2);
      return type.packageName().equals(packageName)
          || type.packageName().startsWith(packageName + ".");
    }
    return type.packageName().equals(text) || type.outermost().equals(text);
  }
}
