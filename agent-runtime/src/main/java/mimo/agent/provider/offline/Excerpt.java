package mimo.agent.provider.offline;

import mimo.agent.provider.offline.Conversation.SeenFile;

/// What a file says about itself.
///
/// @param path the file
/// @param heading its first heading; empty if it has none
/// @param sentence the first sentence of its introduction or first comment; empty if it has none
record Excerpt(String path, String heading, String sentence) {

  static Excerpt of(SeenFile file) {
    var name = file.path().substring(file.path().lastIndexOf('/') + 1);
    if (name.matches("(?i)readme.*|.*\\.(md|markdown|adoc|rst|txt)")) {
      return new Excerpt(file.path(), Prose.heading(file.text()), Prose.sentence(file.text()));
    }
    var manifest = Manifest.description(name, file.text());
    var sentence = manifest.isEmpty() ? Comments.sentence(name, file.text()) : manifest;
    return new Excerpt(file.path(), "", sentence);
  }

  /// The last part of the path.
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The folder the file lies in; `.` at the top.
  String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, slash);
  }

  /// The best there is to say of it.
  String words() {
    return !sentence.isEmpty() ? sentence : !heading.isEmpty() ? heading : path;
  }
}
