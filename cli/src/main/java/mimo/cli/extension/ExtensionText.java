package mimo.cli.extension;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.extension.Grounds.Owner;

/// The text of a file that somebody laid into a folder for agents.
sealed interface ExtensionText {

  record Found(String text) implements ExtensionText {}

  /// There is no such file.
  record Missing() implements ExtensionText {}

  /// @param why for people and models
  record Refused(String why) implements ExtensionText {}

  /// Reads a file. That of a repository has to lie in it really: a link may lead to a key.
  ///
  /// @param root the repository's
  /// @param most bytes
  static ExtensionText read(Path file, Owner owner, Path root, int most) {
    try {
      if (!Files.isRegularFile(file)) {
        return new Missing();
      }
      if (owner == Owner.REPOSITORY && !file.toRealPath().startsWith(root.toRealPath())) {
        return new Refused("it leads out of the repository");
      }
      if (Files.size(file) > most) {
        return new Refused("it is longer than " + most + " bytes");
      }
      return new Found(Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException binary) {
      return new Refused("it is not UTF-8 text");
    } catch (IOException unreadable) {
      return new Refused("it cannot be read");
    }
  }
}
