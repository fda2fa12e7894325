package mimo.agent.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mimo.agent.ContextLimits;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.TokenUsage;
import org.junit.jupiter.api.Test;

/// How near the estimates come to what tokenizers count (K24).
final class TokenEstimatorTest {

  private static final int CONVERSATIONS = 60;

  /// A tokenizer that counts by words, signs and wide characters, each in its own way.
  ///
  /// @param letters of a word that make one token
  /// @param sign tokens of a sign
  /// @param wide tokens of a wide character
  private record Tokenizer(double letters, double sign, double wide) {

    /// Economical with words, and with Chinese.
    static final Tokenizer NEW = new Tokenizer(6.5, 0.7, 0.65);

    static final Tokenizer USUAL = new Tokenizer(5.0, 0.9, 1.0);
    static final Tokenizer OLD = new Tokenizer(4.0, 1.0, 1.45);

    long of(String text) {
      double tokens = 0;
      int word = 0;
      for (int point : text.codePoints().toArray()) {
        if (point > 0x2E7F) {
          tokens += wide;
        } else if (Character.isLetter(point)) {
          word++;
          continue;
        } else if (!Character.isWhitespace(point)) {
          tokens += sign;
        }
        tokens += Math.ceil(word / letters);
        word = 0;
      }
      return (long) Math.ceil(tokens + Math.ceil(word / letters));
    }

    long of(Message message) {
      return switch (message) {
        case Message.User(var text) -> 4 + of(text);
        case Message.Model(var content) ->
            4 + content.stream().mapToLong(piece -> 4 + of(words(piece))).sum();
        case Message.Tools(var answers) ->
            answers.stream().mapToLong(answer -> 4 + of(answer.call() + answer.text())).sum();
      };
    }

    private static String words(Content piece) {
      return switch (piece) {
        case Content.Text(var text) -> text;
        case Content.Reasoning(var text, _) -> text;
        case Content.ToolCall(var id, var tool, var arguments) -> id + tool + arguments;
      };
    }

    long of(List<Message> messages) {
      return messages.stream().mapToLong(this::of).sum();
    }
  }

  /// What people, models and tools say, in shares that differ from one conversation to the next.
  private static final class Talk {
    private final Random random;
    private final int words;
    private final int code;
    private final List<Message> messages = new ArrayList<>();
    private int calls;

    Talk(long seed) {
      random = new Random(seed);
      words = 1 + random.nextInt(8);
      code = 1 + random.nextInt(8);
    }

    List<Message> grow(int more) {
      for (int i = 0; i < more; i++) {
        messages.add(new Message.User(some(1 + random.nextInt(12))));
        var id = "call_" + ++calls;
        messages.add(
            new Message.Model(
                List.of(
                    new Content.Text(some(1 + random.nextInt(6))),
                    new Content.ToolCall(id, "read", "{\"path\":\"src/A" + calls + ".java\"}"))));
        messages.add(
            new Message.Tools(
                List.of(
                    new Message.ToolAnswer(id, some(5 + random.nextInt(60)), Message.Status.OK))));
      }
      return List.copyOf(messages);
    }

    private String some(int lines) {
      var text = new StringBuilder();
      for (int i = 0; i < lines; i++) {
        int kind = random.nextInt(words + code + 2);
        text.append(kind < words ? prose() : kind < words + code ? code() : chinese()).append('\n');
      }
      return text.toString();
    }

    private String word(int least, int most) {
      return random
          .ints(least + random.nextInt(most - least), 'a', 'z' + 1)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }

    private String prose() {
      var line = new StringBuilder();
      for (int i = 0; i < 8 + random.nextInt(8); i++) {
        line.append(word(2, 9)).append(random.nextInt(9) == 0 ? ", " : " ");
      }
      return line + ".";
    }

    private String code() {
      return "    var %s = this.%s(%s, %d); // {\"%s\":[%d]}"
          .formatted(
              word(3, 10),
              word(3, 12),
              word(2, 8),
              random.nextInt(900),
              word(3, 8),
              random.nextInt(99));
    }

    private String chinese() {
      return random
          .ints(10 + random.nextInt(30), 0x4E00, 0x9FA5)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }

  private static TokenUsage counted(long input) {
    return new TokenUsage(input, 1, 0, 0);
  }

  @Test
  void afterThreeRepliesTheErrorIsAtMostATenthK24() {
    double worst = 0;
    for (var tokenizer : List.of(Tokenizer.NEW, Tokenizer.USUAL, Tokenizer.OLD)) {
      for (long seed = 0; seed < CONVERSATIONS; seed++) {
        var talk = new Talk(seed);
        var estimator = new TokenEstimator();
        for (int reply = 0; reply < 3; reply++) {
          var sent = talk.grow(1 + reply);
          estimator.learn(Weight.of(sent), counted(tokenizer.of(sent)));
        }

        var next = talk.grow(6);
        double error = error(estimator, tokenizer, next);

        worst = Math.max(worst, error);
        assertTrue(error <= 0.10, tokenizer + ", seed " + seed + ": " + error);
      }
    }
    assertTrue(worst > 0, "the tokenizers are not what the estimator counts by");
  }

  @Test
  void aCutOfAConversationIsEstimatedAsWellAfterTenRepliesK24() {
    for (var tokenizer : List.of(Tokenizer.NEW, Tokenizer.USUAL, Tokenizer.OLD)) {
      for (long seed = 0; seed < CONVERSATIONS / 4; seed++) {
        var talk = new Talk(seed);
        var estimator = new TokenEstimator();
        for (int reply = 0; reply < 10; reply++) {
          var sent = talk.grow(1 + reply % 3);
          estimator.learn(Weight.of(sent), counted(tokenizer.of(sent)));
        }

        var all = talk.grow(20);
        double error = error(estimator, tokenizer, all.subList(all.size() / 2, all.size()));

        assertTrue(error <= 0.10, tokenizer + ", seed " + seed + ": " + error);
      }
    }
  }

  private static double error(TokenEstimator estimator, Tokenizer tokenizer, List<Message> next) {
    double real = tokenizer.of(next);
    return Math.abs(estimator.tokens(Weight.of(next)) - real) / real;
  }

  @Test
  void untilThreeRepliesWereHeardNothingIsEstimatedTooLowK24() {
    for (var tokenizer : List.of(Tokenizer.NEW, Tokenizer.USUAL, Tokenizer.OLD)) {
      for (long seed = 0; seed < CONVERSATIONS; seed++) {
        var talk = new Talk(seed);
        var estimator = new TokenEstimator();
        for (int reply = 0; reply < 3; reply++) {
          var sent = talk.grow(1 + reply);
          long real = tokenizer.of(sent);
          long estimated = estimator.tokens(Weight.of(sent));
          assertTrue(estimated >= real, tokenizer + ", seed " + seed + ", reply " + reply);
          estimator.learn(Weight.of(sent), counted(real));
        }
      }
    }
  }

  @Test
  void whoDoesNotSayWhatItCountedTeachesNothingK24() {
    var sent = new Talk(7).grow(3);
    var estimator = new TokenEstimator();
    long before = estimator.tokens(Weight.of(sent));

    for (int i = 0; i < 5; i++) {
      estimator.learn(Weight.of(sent), TokenUsage.NONE);
    }

    assertEquals(before, estimator.tokens(Weight.of(sent)));
  }

  @Test
  void wordsCodeAndWideCharactersWeighApartK24() {
    assertEquals(new Weight(12, 11, 2, 0), Weight.of("plain words\nif(x==1){}\n你好"));
  }

  @Test
  void agentsOfOneProcessShareWhatTheyHeardOfAModelK24() {
    var all = new TokenEstimators();

    assertSame(all.of("acme/one"), all.of("acme/one"));
    assertNotSame(all.of("acme/one"), all.of("acme/two"));

    for (int i = 0; i < ContextLimits.ESTIMATED_MODELS; i++) {
      var _ = all.of("acme/" + i);
    }
    assertNotSame(all.of("acme/beyond"), all.of("acme/beyond"));
    assertSame(all.of("acme/one"), all.of("acme/one"));
  }
}
