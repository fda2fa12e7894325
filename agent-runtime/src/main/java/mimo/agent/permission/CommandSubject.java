package mimo.agent.permission;

import java.util.List;
import mimo.agent.shell.SimpleCommand;
import mimo.agent.shell.Word;

/// A command, which patterns match word by word, never as text (S27). A last word `*` stands for
/// any further words, or none; a `*` or `?` elsewhere for characters of one word.
record CommandSubject(SimpleCommand command) implements Subject {

  /// A pattern as words.
  private record Words(List<String> fixed, boolean open) {
    static Words of(String pattern) {
      var words = List.of(pattern.strip().split("\\s+"));
      boolean open = words.size() > 1 && words.getLast().equals("*");
      return new Words(open ? words.subList(0, words.size() - 1) : words, open);
    }
  }

  @Override
  public boolean allowedBy(String written) {
    var pattern = Words.of(written);
    var words = command.words();
    int fixed = pattern.fixed().size();
    if (words.size() < fixed || (words.size() > fixed && !pattern.open())) {
      return false;
    }
    var risks = Risks.of(words);
    for (int i = 0; i < fixed; i++) {
      var word = words.get(i);
      var wanted = pattern.fixed().get(i);
      if (!word.isLiteral()
          || !Wildcards.match(wanted, word.text())
          || (Wildcards.areIn(wanted) && i > 0 && risks.isRisky(i))) {
        return false;
      }
    }
    for (int i = Math.max(fixed, 1); i < words.size(); i++) {
      if (risks.isRisky(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Match restrictedBy(String written) {
    var pattern = Words.of(written);
    var words = command.words();
    var name = words.getFirst();
    if (!name.isLiteral()) {
      return Match.MAYBE;
    }
    var wanted = pattern.fixed().getFirst();
    var last = name.text().substring(name.text().lastIndexOf('/') + 1);
    if (!Wildcards.match(wanted, name.text()) && !Wildcards.match(wanted, last)) {
      return Match.NO;
    }
    var exact = inPlace(pattern, words);
    return exact == Match.NO && words.size() > 1 && words.get(1).mayBeOption()
        ? behindOptions(pattern, words)
        : exact;
  }

  private static Match inPlace(Words pattern, List<Word> words) {
    var match = Match.YES;
    int fixed = pattern.fixed().size();
    for (int i = 1; i < Math.min(fixed, words.size()); i++) {
      var word = words.get(i);
      if (word.form() == Word.Form.UNKNOWN) {
        return Match.MAYBE;
      } else if (!word.isLiteral()) {
        match = Match.MAYBE;
      } else if (!Wildcards.match(pattern.fixed().get(i), word.text())) {
        return Match.NO;
      }
    }
    if (words.size() < fixed) {
      return Match.NO;
    }
    boolean fits = pattern.open() || words.size() == fixed;
    boolean mayVanish = words.subList(fixed, words.size()).stream().noneMatch(Word::isLiteral);
    return fits ? match : mayVanish ? Match.MAYBE : Match.NO;
  }

  /// `git -C . push` may be what a rule for `git push` means: which options take a value, nobody
  /// knows here.
  private static Match behindOptions(Words pattern, List<Word> words) {
    int at = 1;
    for (var word : words.subList(1, words.size())) {
      if (at == pattern.fixed().size()) {
        break;
      }
      if (!word.isLiteral() || Wildcards.match(pattern.fixed().get(at), word.text())) {
        at++;
      }
    }
    return at == pattern.fixed().size() ? Match.MAYBE : Match.NO;
  }
}
