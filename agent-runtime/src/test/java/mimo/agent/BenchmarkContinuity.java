package mimo.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import mimo.agent.LongTask.Fact;
import mimo.agent.checkpoint.Checkpoints;
import mimo.agent.checkpoint.Thresholds;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.rebuild.MemoryKnowledge;
import mimo.agent.session.SessionFact.CheckpointKept;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.agent.testing.CountingModel;
import mimo.engine.CancellationToken;

/// What an agent still knows when its conversation no longer fits (C3): with checkpoints that a
/// model writes, with those that are written without one, and with a plain summary in place of all
/// that was said. A program, not a test.
///
/// The model is scripted, and whoever writes misses nothing of what it is shown: so the table shows
/// what a design loses, not what a model overlooks. A fact counts as kept if its value stands in
/// what the agent is sent after a rebuild, and as found if one search with the words of a question
/// brings it.
final class BenchmarkContinuity {

  private static final int TURNS = Integer.getInteger("turns", LongTask.TURNS);

  /// Tokens of a plain summary: what programs of this kind write is between the first two.
  private static final int[] SUMMARIES = {1_000, 2_000, 4_000};

  private BenchmarkContinuity() {}

  /// What one way came to.
  private static final class Row {
    private int rebuilds;
    private long known;
    private long kept;
    private long found;
    private long contradicted;
    private int repeated;
    private TokenUsage used = TokenUsage.NONE;

    void look(LongTask task, ModelRequest request, int turn, boolean searches) throws Exception {
      rebuilds++;
      var text = request.messages().toString();
      for (var fact : task.allFacts()) {
        if (fact.turn() < turn) {
          known++;
          boolean here = LongTask.isIn(request.messages(), fact);
          kept += here ? 1 : 0;
          found += !here && searches && task.knows(request, fact) ? 1 : 0;
          contradicted += contradicts(text, fact) ? 1 : 0;
        }
      }
    }

    /// Whether the same is said with another value.
    private static boolean contradicts(String text, Fact fact) {
      var words = fact.words();
      int at = words.indexOf(fact.value());
      var said =
          Pattern.quote(words.substring(0, at))
              + "(\\S+)"
              + Pattern.quote(words.substring(at + fact.value().length()));
      return !words.equals(fact.value())
          && Pattern.compile(said)
              .matcher(text)
              .results()
              .anyMatch(found -> !found.group(1).equals(fact.value()));
    }

    void used(CountingModel... models) {
      for (var model : models) {
        for (var usage : model.usages()) {
          used = used.plus(usage);
        }
      }
    }

    void did(List<String> deeds) {
      repeated = deeds.size() - new HashSet<>(deeds).size();
    }

    String line(String name) {
      return String.format(
          Locale.ROOT,
          "%-26s %8d %9.1f %% %9.1f %% %12d %9d %12d %9.1f %%",
          name,
          rebuilds,
          100.0 * kept / known,
          100.0 * (kept + found) / known,
          contradicted,
          repeated,
          used.input() + used.output(),
          100.0 * used.cacheRead() / used.input());
    }
  }

  /// Prints the table.
  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("continuity");
    System.out.printf(
        Locale.ROOT,
        "%d turns, a window of %d tokens, %d facts%n",
        TURNS,
        LongTask.WINDOW,
        TURNS / 2);
    System.out.println(
        "way                        rebuilds     in prompt    or found contradicted  repeated  "
            + "     tokens  from cache");
    System.out.println(checkpoints(folder.resolve("model"), true).line("checkpoints, model"));
    System.out.println(checkpoints(folder.resolve("without"), false).line("checkpoints, no model"));
    for (int tokens : SUMMARIES) {
      var row = summaries(folder.resolve("summary" + tokens), tokens);
      System.out.println(row.line("plain summary, " + tokens));
    }
  }

  /// As mimo does it.
  private static Row checkpoints(Path folder, boolean byModel) throws Exception {
    var row = new Row();
    var task = new LongTask(folder).knowing(MemoryKnowledge::new);
    var writer = new CountingModel(LongTask.WINDOW, WritingModel::checkpoint);
    var watches = new ArrayList<TurnWatch>();
    if (byModel) {
      task.lookedOnBy(
          memory -> {
            var all =
                new Checkpoints(
                    memory, Thresholds.USUAL, OptionalLong.empty(), false, System.err::println);
            var watch = all.of("000000000000", List.of());
            watches.add(watch);
            return watch;
          },
          own -> cast(own, writer));
    }
    try (var life = task.new Life(Integer.MAX_VALUE)) {
      var seen = new int[1];
      task.watchedBy(request -> {
        var rebuilt = life.record.facts().stream().filter(Rebuilt.class::isInstance).count();
        if (rebuilt > seen[0]) {
          seen[0] = (int) rebuilt;
          look(row, task, request, life.record.asked().size());
        }
      });
      for (int turn = 1; turn <= TURNS; turn++) {
        life.turns(turn);
        for (var watch : watches) {
          watch.await(Duration.ofSeconds(30));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "(%d checkpoints are a model's)%n",
          life.record.facts().stream()
              .filter(fact -> fact instanceof CheckpointKept kept && kept.writer().equals("model"))
              .count());
    }
    row.used(task.model(), writer);
    row.did(task.deeds());
    task.close();
    return row;
  }

  private static void look(Row row, LongTask task, ModelRequest request, int turn) {
    try {
      row.look(task, request, turn, true);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// Whoever is asked to write a checkpoint is another one, so that each counts for itself.
  private static Resolution.Resolved cast(Resolution.Resolved own, CountingModel writer) {
    var both =
        new Provider() {
          @Override
          public String id() {
            return own.provider().id();
          }

          @Override
          public ModelReply ask(
              ModelRequest request, StreamListener listener, CancellationToken cancellation)
              throws InterruptedException {
            var asked = WritingModel.isAsked(request) ? writer : own.provider();
            return asked.ask(request, listener, cancellation);
          }
        };
    return new Resolution.Resolved(both, own.model(), own.price(), own.efforts(), own.size());
  }

  /// The usual way: what was said gives way to a summary of it, and the agent is told to go on.
  private static Row summaries(Path folder, int tokens) throws Exception {
    var row = new Row();
    var task = new LongTask(folder);
    var step = task.step();
    var model = task.model();
    var messages = new ArrayList<Message>();
    for (int turn = 1; turn <= TURNS; turn++) {
      messages.add(new Message.User(task.prompt(turn)));
      boolean over = false;
      while (!over) {
        boolean shorter = CountingModel.tokens(messages) > LongTask.WINDOW * 9L / 10;
        if (shorter) {
          var summary = WritingModel.summary(messages, tokens);
          long input = CountingModel.tokens(messages);
          row.used = row.used.plus(new TokenUsage(input, tokens, 0, input));
          messages.clear();
          messages.add(
              new Message.User(
                  "Summary of what was said:\n"
                      + summary
                      + "\nThe user said last: "
                      + task.prompt(turn)));
        }
        var request =
            new ModelRequest(
                "model", "You are mimo.", messages, List.of(step.spec()), OptionalLong.empty());
        if (shorter) {
          row.look(task, request, turn, false);
        }
        var reply =
            (ModelReply.Completed)
                model.ask(request, WritingModel.UNHEARD, CancellationToken.never());
        messages.add(new Message.Model(reply.content()));
        over = true;
        for (var piece : reply.content()) {
          if (piece instanceof Content.ToolCall call) {
            over = false;
            messages.add(WritingModel.answered(step, call));
          }
        }
      }
    }
    row.used(model);
    row.did(task.deeds());
    task.close();
    return row;
  }
}
