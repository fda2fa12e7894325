package mimo.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A workflow that comes with mimo.
public enum BuiltinWorkflow {
  /// Maps a repository; the result is a Markdown document.
  REPO_MAP("repo-map", "REPO-MAP.md");

  private final String title;
  private final String document;

  BuiltinWorkflow(String title, String document) {
    this.title = title;
    this.document = document;
  }

  /// The workflow of this name, if there is one.
  public static Optional<BuiltinWorkflow> named(String name) {
    return Arrays.stream(values()).filter(workflow -> workflow.title.equals(name)).findFirst();
  }

  /// The name people type.
  public String title() {
    return title;
  }

  /// Where to find the script again: the location journaled with a run.
  public String location() {
    return "builtin:" + title;
  }

  /// The file in the workspace that receives the result unless the user names another.
  public String document() {
    return document;
  }

  /// The script's file name, as errors show it.
  public String fileName() {
    return title + ".js";
  }

  /// The script's text.
  public String script() {
    return resource(fileName());
  }

  /// The JSON Schema its arguments must satisfy.
  public String argumentsSchema() {
    return resource("arguments.schema.json");
  }

  /// Markdown for people.
  public String readme() {
    return resource("README.md");
  }

  private String resource(String file) {
    var name = title + "/" + file;
    try (var stream = BuiltinWorkflow.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource mimo/workflows/" + name + " is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
