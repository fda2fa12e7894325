package mimo.agent.checkpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mimo.agent.checkpoint.Watermark.Writer;
import mimo.agent.json.Json;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Memory.Said;
import mimo.agent.memory.MemorySearch;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Origin;
import mimo.agent.proposal.Proposal;
import mimo.agent.proposal.Proposals;

/// A process that plants secrets wherever the memory writes something, again and again until
/// somebody kills it.
final class SecretWriter {

  /// How many there are.
  static final int SECRETS = 1_000;

  private static final int AT_ONCE = 200;
  private static final String LETTERS =
      "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789+/%&\"\\ß";

  private SecretWriter() {}

  /// The same in each process.
  static List<String> secrets() {
    var random = new Random(17);
    var secrets = new ArrayList<String>();
    for (int i = 0; i < SECRETS; i++) {
      var secret = new StringBuilder();
      for (int letter = 0; letter < 24; letter++) {
        secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      secrets.add(secret.toString());
    }
    return secrets;
  }

  /// Ways in which a secret is written.
  static List<String> forms(String secret) {
    var json = Json.quote(secret);
    return List.of(
        secret,
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        json.substring(1, json.length() - 1));
  }

  /// Prints `planted` once each secret was given to each of the files.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    var memory = MemoryOfTest.in(folder, secrets());
    try (var search = new MemorySearch(memory, folder.resolve("cache/index.db"))) {
      for (int round = 0; ; round++) {
        for (int first = 0; first < SECRETS; first += AT_ONCE) {
          plant(
              memory, text(round, secrets().subList(first, first + AT_ONCE)), round + "x" + first);
          search.update();
        }
        System.out.println("planted");
      }
    }
  }

  /// Each secret in each of its forms.
  private static String text(int round, List<String> secrets) {
    var text = new StringBuilder("round " + round + " planted");
    secrets.forEach(secret -> forms(secret).forEach(form -> text.append(" ; ").append(form)));
    return text.toString();
  }

  private static void plant(Memory memory, String text, String name) throws InterruptedException {
    var session = new Said("s1", 1);
    memory.append(memory.layout().notes("s1"), "", text, Source.AGENT, session);
    memory.append(memory.layout().ofProject(), "", text, Source.AGENT, session);
    var file = new CheckpointFile(memory, "s1");
    var held = file.read();
    var watermark = held.checkpoint().watermark().next(Writer.EXTRACTIVE, Mark.NONE);
    var sections = Map.of(Section.ERRORS_AND_FIXES, "- " + text + " [m0]");
    var spill = new Spill(Section.DISCOVERIES, "- " + text);
    file.write(held, new Written(new Checkpoint(watermark, sections), List.of(spill), List.of()));
    new Proposals(memory)
        .keep(
            new Proposal(
                "p" + name,
                Instant.EPOCH,
                Origin.DREAM,
                Proposal.NO_MODEL,
                memory.layout().project(),
                7,
                List.of(text),
                List.of()));
  }
}
