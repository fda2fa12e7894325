package mimo.agent.prompt;

import java.util.ArrayList;
import java.util.List;

/// The words behind a command's name: all of them as they were typed, and one by one.
///
/// @param all as typed
/// @param words quoted ones without their quotes
record PromptArguments(String all, List<String> words) {

  PromptArguments {
    words = List.copyOf(words);
  }

  /// Blanks part words, but not within quotes; a quote that is never closed is a character.
  static PromptArguments of(String typed) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean begun = false;
    for (int i = 0; i < typed.length(); i++) {
      char letter = typed.charAt(i);
      int end = letter == '"' || letter == '\'' ? typed.indexOf(letter, i + 1) : -1;
      boolean opens = end > 0 && !begun;
      if (opens) {
        word.append(typed, i + 1, end);
        i = end;
        begun = true;
      } else if (Character.isWhitespace(letter)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(letter);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return new PromptArguments(typed.strip(), words);
  }

  /// The word of a number from 1; empty if there are fewer.
  String word(int number) {
    return number <= words.size() ? words.get(number - 1) : "";
  }
}
