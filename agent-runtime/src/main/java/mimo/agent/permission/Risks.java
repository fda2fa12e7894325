package mimo.agent.permission;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.shell.Word;

/// Options by which commands that only look run other commands or write files (S50). A pattern's
/// `*` does not stand for them: a rule that means them has to name them.
final class Risks {

  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry(
              "git",
              "-c --config-env --exec-path --upload-pack --receive-pack --output --ext-diff"
                  + " --textconv --open-files-in-pager -O --extcmd -x --exec -p --paginate"
                  + " --no-index --git-dir --work-tree --namespace"),
          Map.entry("rg", "--pre --hostname-bin -z --search-zip"),
          Map.entry("fd", "-x -X --exec --exec-batch"),
          Map.entry("fdfind", "-x -X --exec --exec-batch"),
          Map.entry("sort", "-o --output --compress-program -T --temporary-directory"),
          Map.entry(
              "tar",
              "--to-command --checkpoint-action -I --use-compress-program --rmt-command"
                  + " --rsh-command -F --info-script --new-volume-script --index-file"),
          Map.entry("sed", "-i --in-place -f --file -s"),
          Map.entry("gsed", "-i --in-place -f --file"),
          Map.entry("awk", "-f --file -i --include -l --load -E --exec -p -o -d --profile"),
          Map.entry("gawk", "-f --file -i --include -l --load -E --exec -p -o -d --profile"),
          Map.entry("mawk", "-f --file -W"),
          Map.entry(
              "curl",
              "-o -O --output --remote-name -K --config -D --dump-header -c"
                  + " --cookie-jar --trace --trace-ascii --stderr --libcurl --output-dir -T"
                  + " --upload-file"),
          Map.entry(
              "wget",
              "-O --output-document -o --output-file -a --append-output -i -P"
                  + " --use-askpass --execute -e --post-file --body-file"),
          Map.entry("rsync", "-e --rsh --rsync-path"),
          Map.entry("ssh", "-o -F -E -i -w"),
          Map.entry("scp", "-o -S -F"),
          Map.entry("man", "-P --pager -H --html -M"),
          Map.entry("less", "-o -O --log-file --LOG-FILE -k --lesskey-file"),
          Map.entry("zip", "-T -TT --unzip-command"),
          Map.entry("tree", "-o"),
          Map.entry("file", "-C --compile"),
          Map.entry("date", "-s --set -f --file"),
          Map.entry("make", "-f --file --makefile -C --directory -I --eval"),
          Map.entry("npm", "--script-shell --node-options --prefix --userconfig --globalconfig"),
          Map.entry("mvn", "-f --file -s --settings -gs -t -D --define"),
          Map.entry("gradle", "-I --init-script -b --build-file -c -p --project-dir -D"),
          Map.entry("go", "-exec -toolexec --exec --toolexec -overlay -modfile"),
          Map.entry("cargo", "--config --manifest-path -Z"),
          Map.entry("node", "-r --require --import -e --eval -p --print --loader"),
          Map.entry("pytest", "-p -c --rootdir --basetemp -o --override-ini"),
          Map.entry("xxd", "-r -revert"),
          Map.entry("dd", "of="),
          Map.entry("vim", "-c -S -s -w -W --cmd"));

  /// Programs of their own, in words of these commands.
  private static final Set<String> SCRIPTED = Set.of("sed", "gsed", "awk", "gawk", "mawk");

  private final String name;
  private final Set<String> options;
  private final List<Word> words;

  private Risks(String name, Set<String> options, List<Word> words) {
    this.name = name;
    this.options = options;
    this.words = words;
  }

  /// The risks of a command; the first of its words is known.
  static Risks of(List<Word> words) {
    var first = words.getFirst().text();
    var name = first.substring(first.lastIndexOf('/') + 1);
    var listed = OPTIONS.getOrDefault(name, "");
    var options =
        Stream.of(listed.split(" ", -1))
            .filter(option -> !option.isEmpty())
            .collect(Collectors.toSet());
    return new Risks(name, options, words);
  }

  /// Whether the word at `index` may do more than its command usually does.
  boolean isRisky(int index) {
    var word = words.get(index);
    if (options.isEmpty()) {
      return false;
    }
    if (!word.isLiteral()) {
      return word.mayBeOption() && !isBehindDashes(index);
    }
    if (SCRIPTED.contains(name) && isScript(index)) {
      return !Scripts.isHarmless(name, word.text());
    }
    return !isBehindDashes(index) && isRiskyOption(word.text());
  }

  private boolean isBehindDashes(int index) {
    return words.subList(1, index).stream().anyMatch(word -> word.is("--"));
  }

  private boolean isRiskyOption(String text) {
    if (options.contains(text)) {
      return true;
    }
    if (text.startsWith("--")) {
      int equals = text.indexOf('=');
      var given = equals < 0 ? text : text.substring(0, equals);
      return given.length() > 2 && options.stream().anyMatch(each -> each.startsWith(given));
    }
    if (!text.startsWith("-")) {
      return options.stream().anyMatch(each -> each.endsWith("=") && text.startsWith(each));
    }
    return options.stream()
        .filter(each -> each.length() == 2 && each.charAt(0) == '-')
        .anyMatch(each -> mayHold(text, each.charAt(1)));
  }

  /// Letters may stand together behind one dash; git's values would be taken for such letters.
  private boolean mayHold(String text, char letter) {
    return Set.of("git", "mvn", "gradle").contains(name)
        ? text.charAt(Math.min(1, text.length() - 1)) == letter
        : text.indexOf(letter) > 0;
  }

  /// The first word that is no option, and what stands behind `-e`.
  private boolean isScript(int index) {
    if (words.get(index - 1).is("-e")) {
      return true;
    }
    return !words.get(index).text().startsWith("-")
        && words.subList(1, index).stream()
            .allMatch(word -> word.isLiteral() && word.text().startsWith("-"))
        && words.subList(1, index).stream().noneMatch(word -> word.is("-e"));
  }
}
