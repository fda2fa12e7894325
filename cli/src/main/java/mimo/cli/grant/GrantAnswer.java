package mimo.cli.grant;

import java.util.Arrays;

/// What was said to a script that asks for permissions. Only a yes gives anything.
public enum GrantAnswer {
  GRANTED,
  REFUSED,
  /// Nobody was there to be asked.
  UNANSWERED;

  String word() {
    return switch (this) {
      case GRANTED -> "granted";
      case REFUSED -> "refused";
      case UNANSWERED -> "unanswered";
    };
  }

  /// What is not known gives nothing.
  static GrantAnswer of(String word) {
    return Arrays.stream(values())
        .filter(answer -> answer.word().equals(word))
        .findFirst()
        .orElse(UNANSWERED);
  }
}
