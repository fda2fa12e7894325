package mimo.agent.checkpoint;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What the user himself says in what he asks: not what is given along with it. What the program
/// says in his place he does not ask.
final class UserWords {

  /// How the program begins when it tells what came in by itself.
  private static final String ARRIVED = "This comes from the program, not from the user";

  private static final Pattern GIVEN_ALONG =
      Pattern.compile(
          "(?s)<memory>\\n.*?</memory>|<attached name=.*?</attached>|<subagent .*?</subagent>"
              + "|<workflow .*?</workflow>|<system-reminder>.*?</system-reminder>");

  private static final Pattern FENCED = Pattern.compile("(?s)```.*?(?:```|$)");

  private static final String GO_ON =
      String.join(
          "|",
          List.of(
              "ok(?:ay)?",
              "yes",
              "yep",
              "yeah",
              "sure",
              "fine",
              "right",
              "good",
              "great",
              "perfect",
              "nice",
              "cool",
              "awesome",
              "excellent",
              "wonderful",
              "super",
              "thx",
              "ty",
              "thanks?(?: you)?",
              "thank you",
              "well done",
              "good job",
              "looks good(?: to me)?",
              "lgtm",
              "so far",
              "very much",
              "a lot",
              "again",
              "for (?:that|this|now)",
              "that(?:'s| is)? (?:good|great|fine|it|all|right)",
              "it works",
              "go on",
              "go ahead",
              "continue",
              "proceed",
              "carry on",
              "keep going",
              "please",
              "now",
              "next",
              "do it",
              "done",
              "and",
              "much appreciated",
              "got it",
              "i see",
              "understood",
              "hello",
              "hi",
              "hey",
              "bye"));

  private static final String GO_ON_IN_CHINESE =
      "谢谢(?:你|您)?|多谢|感谢|好的?|可以|不错|很好|太好了|棒|辛苦了|收到|明白|知道了|继续(?:吧)?|是的?|对|行"
          + "|没问题|嗯|哦|你好|[\\s，。！、,.!~]";

  /// Thanks, and words to go on: they want nothing new (K12).
  private static final Pattern THANKS =
      Pattern.compile("(?i)^(?:(?:" + GO_ON + ")[\\s,.!:;)(-]*)+$|^(?:" + GO_ON_IN_CHINESE + ")+$");

  /// One of what was offered, or not.
  private static final Pattern CHOICE =
      Pattern.compile(
          "(?i)^(?:yes|yep|yeah|no|nope|not (?:yet|now|really)|never"
              + " mind|nothing|none|both|all|either|neither|any|whatever|you (?:decide|choose)|up"
              + " to you|(?:option |number |the"
              + " )?(?:[a-e]|\\d+(?:[.,]\\d+)?%?|first|second|third|last|former|latter)(?:"
              + " (?:one|option))?|不(?:用|要|是)?|没有|都(?:行|可以)|随便|第?[一二三四五1-9]个?)"
              + "(?:[\\s,.!]+(?:please|thanks|thank"
              + " you|it|that|them|of (?:them|those)))*[\\s,.!。！]*$");

  private static final Pattern WORDS = Pattern.compile("[\\s\\pP]+");

  /// Words that an answer has besides those of the question.
  private static final Set<String> FILLING =
      Set.of(
          "yes", "no", "please", "thanks", "the", "a", "an", "use", "take", "with", "go", "for",
          "i", "d", "ll", "would", "prefer", "want", "let", "s", "us", "we", "and", "just", "it",
          "that", "not", "in", "on", "at", "to", "of", "is", "will", "then", "rather", "用", "选",
          "请用");

  /// Words besides the matter.
  private static final Pattern ASIDE =
      Pattern.compile(
          "(?i)^(?:by the way|btw|as an aside|aside|fyi|for your information|just curious"
              + "|just wondering|out of curiosity|off[- ]topic|side note|one (?:quick )?question"
              + "|quick question|lol|haha|hm+)\\b.*|^(?:顺便|题外话|随便问|好奇)(?s:.*)");

  private static final Pattern STATUS_QUESTION =
      Pattern.compile(
          "(?i)^(?:how (?:is|are|far|long|much|many)|what(?:'s| is) (?:the (?:status|time|date)"
              + "|up|next|left)|are (?:you|we)|is (?:it|that|this)|did (?:you|it|that)|have you"
              + "|has it|were you|was (?:it|that)|when will|where are)\\b[^\\n]{0,160}\\?$"
              + "|^[^\\n]{0,40}(?:好了吗|完成了吗|怎么样了|进度如何|多久)[？?]?$");

  private static final Pattern MUST_NOT =
      Pattern.compile(
          "(?i)\\b(?:must not|mustn't|never|do not|don't|does not have to|should not|shouldn't"
              + "|shall not|cannot|can't|may not|not allowed|is forbidden|are forbidden|forbidden"
              + "|prohibited|avoid|without (?:touching|changing|using|breaking|adding)"
              + "|leave [^.]{1,60} (?:alone|as it is|untouched)|no longer|keep [^.]{1,40} out of"
              + "|refrain|under no circumstances)\\b"
              + "|不要|不能|不得|不可|不许|禁止|切勿|请勿|勿|严禁|别(?:再|去|动|改|用|在|把|碰)?|避免|不应|不准");

  private static final Pattern MUST =
      Pattern.compile(
          "(?i)\\b(?:must|always|have to|has to|need to|needs to|required|require|requires|shall"
              + "|should|make sure|ensure|be sure|only|at least|at most|no (?:more|less|fewer) than"
              + "|exactly|mandatory|obligatory|remember to|keep [^.]{1,60} (?:compatible|unchanged"
              + "|green|stable|below|under|above))\\b"
              + "|必须|务必|一定要|只能|只许|仅限|应该|应当|需要|确保|保证|始终|总是|至少|至多|最多|牢记|记得");

  private UserWords() {}

  /// The user's own words in a message; empty if there are none.
  static String own(String message) {
    var rest = GIVEN_ALONG.matcher(message).replaceAll("");
    var kept = new ArrayList<String>();
    for (var paragraph : rest.split("\\n\\n", -1)) {
      var text = paragraph.strip();
      if (!text.startsWith(ARRIVED)) {
        kept.add(paragraph);
      }
    }
    return String.join("\n\n", kept).strip();
  }

  /// Whether they commit to something: thanks and asides do not (K12).
  static boolean commit(String own) {
    var line = own.strip();
    return !line.isEmpty()
        && !THANKS.matches(line)
        && !ASIDE.matches(line)
        && !STATUS_QUESTION.matches(line);
  }

  /// Whether words that follow a question say no more than what it asks for.
  static boolean answers(String own, String question) {
    var asked = " " + String.join(" ", WORDS.split(question.toLowerCase(Locale.ROOT))) + " ";
    return THANKS.matches(own.strip())
        || CHOICE.matches(own.strip())
        || Stream.of(WORDS.split(own.toLowerCase(Locale.ROOT)))
            .filter(word -> !word.isEmpty() && !FILLING.contains(word))
            .allMatch(word -> asked.contains(isWide(word) ? word : " " + word + " "));
  }

  /// Whether it is of a script without blanks between words.
  private static boolean isWide(String word) {
    return word.codePoints().anyMatch(Character::isIdeographic);
  }

  /// What must be, or must not be.
  ///
  /// @param forbidden whether it must not be
  /// @param sentence as the user said it
  record Duty(boolean forbidden, String sentence) {}

  /// Sentences of obligation and prohibition. Code and output that the user shows are none.
  static List<Duty> duties(String own) {
    var duties = new ArrayList<Duty>();
    for (var sentence : sentences(FENCED.matcher(own).replaceAll("\n"))) {
      if (sentence.startsWith(">") || sentence.endsWith("?") || sentence.endsWith("？")) {
        continue;
      }
      if (MUST_NOT.matcher(sentence).find()) {
        duties.add(new Duty(true, sentence));
      } else if (MUST.matcher(sentence).find()) {
        duties.add(new Duty(false, sentence));
      }
    }
    return List.copyOf(duties);
  }

  /// Sentences of a text, word for word.
  static List<String> sentences(String text) {
    var sentences = new ArrayList<String>();
    for (var line : text.split("\\R", -1)) {
      var rest = line.strip().replaceFirst("^(?:[-*+•]|\\d{1,3}[.)])\\s+", "");
      int start = 0;
      for (int i = 0; i < rest.length(); i++) {
        if (endsAt(rest, i)) {
          add(rest.substring(start, i + 1), sentences);
          start = i + 1;
        }
      }
      add(rest.substring(start), sentences);
    }
    return sentences;
  }

  private static boolean endsAt(String text, int at) {
    char c = text.charAt(at);
    if (c == '。' || c == '！' || c == '？' || c == '；') {
      return true;
    }
    boolean stop = c == '.' || c == '!' || c == '?';
    return stop
        && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)))
        && !text.substring(0, at + 1)
            .toLowerCase(Locale.ROOT)
            .matches(".*\\b(?:e\\.g|i\\.e|etc|vs)\\.");
  }

  private static void add(String sentence, List<String> sentences) {
    var text = sentence.strip();
    if (text.length() > 3 || text.codePoints().anyMatch(Character::isIdeographic)) {
      sentences.add(text);
    }
  }
}
