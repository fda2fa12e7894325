package mimo.agent.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.agent.AgentLimits;
import mimo.agent.tool.OutputCollector.Output;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A43, S56, S62.
class OutputCollectorTest {

  private static final Instant NOW = Instant.parse("2026-08-11T10:00:00Z");
  private static final String SECRET = "correct-horse-battery-staple-97";

  @TempDir Path temp;

  @Test
  void givesAShortOutputAsItIs() throws IOException {
    assertEquals(
        new Output("one\nzwö\n", 9, 2, Optional.empty()), collect(text -> text, "one\nzwö\n"));
    assertEquals(new Output("", 0, 0, Optional.empty()), collect(text -> text, ""));
    assertFalse(Files.exists(folder()));
  }

  @Test
  void takesExactlyAsMuchAsTheLimitsSay() throws IOException {
    var lines = "x\n".repeat(AgentLimits.TOOL_OUTPUT_LINES);
    var bytes = "x".repeat(AgentLimits.TOOL_OUTPUT_BYTES);

    assertEquals(lines, collect(text -> text, lines).text());
    assertEquals(bytes, collect(text -> text, bytes).text());
    assertTrue(collect(text -> text, lines + "x").full().isPresent());
    assertTrue(collect(text -> text, bytes + "x").full().isPresent());
  }

  @Test
  void keepsHeadAndTailOfManyLines() throws IOException {
    var whole = lines(1, 5_000);

    var output = collect(text -> text, whole);

    var file = output.full().orElseThrow();
    assertEquals(
        lines(1, 999)
            + "(3002 of 5000 lines, of 23893 bytes in all, are left out here; the full text is in "
            + file
            + ")\n"
            + lines(4_002, 5_000),
        output.text());
    assertEquals(whole, Files.readString(file));
    assertEquals("rw-------", mode(file));
    assertEquals("rwx------", mode(folder()));
  }

  @Test
  void keepsHeadAndTailOfOneLongLine() throws IOException {
    var whole = "é".repeat(1_000_000);

    var output = collect(text -> text, whole);

    assertTrue(output.text().getBytes(UTF_8).length <= AgentLimits.TOOL_OUTPUT_BYTES);
    assertTrue(output.text().startsWith("é".repeat(12_000)));
    assertTrue(output.text().endsWith("é".repeat(12_000)));
    assertEquals(whole, Files.readString(output.full().orElseThrow()));
  }

  @Test
  void bytesThatAreNoTextTakeNoMoreRoom() throws IOException {
    byte[] noise = new byte[200_000];
    new Random(7).nextBytes(noise);

    try (var collector = files(text -> text).collector()) {
      collector.add(noise, 0, 40_000);
      assertTrue(size(collector.finish()) <= AgentLimits.TOOL_OUTPUT_BYTES);
    }
    try (var collector = files(text -> text).collector()) {
      collector.add(noise, 0, noise.length);
      assertTrue(size(collector.finish()) <= AgentLimits.TOOL_OUTPUT_BYTES);
    }
  }

  @Test
  void canBeLookedAtBeforeItEnds() throws IOException {
    byte[] part = lines(1, 3_000).getBytes(UTF_8);

    try (var collector = files(text -> text).collector()) {
      collector.add(part, 0, 2);
      assertEquals(new Output("1\n", 2, 1, Optional.empty()), collector.soFar());
      collector.add(part, 2, part.length - 2);
      var before = collector.soFar();

      assertEquals(before, collector.finish());
      assertTrue(before.text().endsWith("2999\n3000\n"));
      collector.add(part, 0, part.length);
      assertEquals(before, collector.finish(), "what comes after the end is not taken");
    }
  }

  @Test
  void keepsNoMoreOnDiskThanAllowed() throws IOException {
    byte[] chunk = "0123456789abcde\n".repeat(1 << 16).getBytes(UTF_8);

    Output output;
    try (var collector = files(text -> text).collector()) {
      for (int i = 0; i < 70; i++) {
        collector.add(chunk, 0, chunk.length);
      }
      output = collector.finish();
    }

    assertEquals(70L << 20, output.bytes());
    var file = output.full().orElseThrow();
    assertEquals(AgentLimits.SPILL_BYTES + 50, Files.size(file));
  }

  @Test
  void noSecretReachesTheDiskHoweverTheOutputIsCut() throws IOException {
    var redactor =
        new SecretRedactor(new LiveValues(List.of(SECRET)), "00112233445566778899aabbccddeeff");
    long seed = 4_711;
    var random = new Random(seed);
    var whole = new StringBuilder();
    int secrets = 0;
    while (whole.length() < 1_500_000) {
      whole.append("word ".repeat(random.nextInt(40)));
      if (random.nextInt(3) == 0) {
        whole.append(SECRET);
        secrets++;
      }
      whole.append(random.nextInt(200) == 0 ? "\n" : " ");
    }

    var output = collect(redactor::clean, whole.toString());

    var kept = Files.readString(output.full().orElseThrow());
    assertEquals(redactor.clean(whole.toString()), kept, "seed " + seed);
    assertFalse(kept.contains(SECRET.substring(0, 12)));
    assertEquals(secrets, kept.split("\\[REDACTED:").length - 1);
  }

  @Test
  void aKeyOfManyLinesIsCleanedAsAWhole() throws IOException {
    var redactor =
        new SecretRedactor(new LiveValues(List.of()), "00112233445566778899aabbccddeeff");
    var key =
        "-----BEGIN PRIVATE KEY-----\n"
            + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n".repeat(40)
            + "-----END PRIVATE KEY-----\n";
    var whole = ("some line\n".repeat(50) + key).repeat(300);

    var kept = Files.readString(collect(redactor::clean, whole).full().orElseThrow());

    assertFalse(kept.contains("MIIEvQ"));
    assertEquals(redactor.clean(whole), kept);
  }

  @Test
  void theFileEndsWhereSecretsCannotBeTold() throws IOException {
    // A cleaner for which all is one secret, so that no cut is safe.
    UnaryOperator<String> hiding = text -> "#" + text.length();

    var output = collect(hiding, "x".repeat(500_000));

    assertEquals(
        "\n(the rest is not kept: secrets in it cannot be told from other text)\n",
        Files.readString(output.full().orElseThrow()));
  }

  @Test
  void anOutputSurvivesADiskThatDoesNotTakeIt() throws IOException {
    Files.createSymbolicLink(folder(), Files.createDirectory(temp.resolve("elsewhere")));

    var output = collect(text -> text, lines(1, 5_000));

    assertEquals(Optional.empty(), output.full());
    assertTrue(output.text().contains("; the full text could not be kept)\n"));
    try (var entries = Files.list(temp.resolve("elsewhere"))) {
      assertEquals(0, entries.count());
    }
  }

  @Test
  void removesWhatIsOlderThanAWeek() throws IOException {
    var files = files(text -> text);
    files.removeOld();
    var old = spilled(NOW.minus(Duration.ofDays(8)));
    var young = spilled(NOW.minus(Duration.ofDays(6)));
    var foreign = Files.writeString(folder().resolve("notes.txt"), "");
    Files.setLastModifiedTime(foreign, FileTime.from(NOW.minus(Duration.ofDays(80))));

    files.removeOld();

    assertEquals(
        List.of(false, true, true),
        List.of(Files.exists(old), Files.exists(young), Files.exists(foreign)));
  }

  private Path spilled(Instant at) throws IOException {
    var file = collect(text -> text, lines(1, 3_000)).full().orElseThrow();
    return Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private Output collect(UnaryOperator<String> cleaning, String whole) throws IOException {
    byte[] bytes = whole.getBytes(UTF_8);
    try (var collector = files(cleaning).collector()) {
      // Chunks of odd sizes cut characters and lines.
      for (int at = 0; at < bytes.length; at += 4_093) {
        collector.add(bytes, at, Math.min(4_093, bytes.length - at));
      }
      return collector.finish();
    }
  }

  private SpillFiles files(UnaryOperator<String> cleaning) {
    return new SpillFiles(folder(), () -> NOW, cleaning);
  }

  private Path folder() {
    return temp.resolve("outputs");
  }

  private static int size(Output output) {
    return output.text().getBytes(UTF_8).length;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }
}
