package mimo.engine.journal.sqlite;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry.StepCompleted;
import mimo.engine.journal.JournalEntry.StepScheduled;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.TestBench;

/// Measures what redaction, canonical form and the seal (CRC and hash chain) of one durable step
/// cost, in processor time of one warm thread (P7).
final class BenchmarkStepParts {

  private static final int WARM_UP = 100_000;
  private static final int ROUNDS = 100_000;
  private static final byte[] START = new byte[32];

  private final String input;
  private final String payload;
  private final SecretRedactor redactor;
  private long sink;

  BenchmarkStepParts(String input, String payload, List<String> secrets) {
    this.input = input;
    this.payload = payload;
    this.redactor = new SecretRedactor(new LiveValues(secrets), "a1b2c3d4");
  }

  /// Microseconds a step, by part.
  Map<String, Double> micros() {
    var parts = new LinkedHashMap<String, Double>();
    parts.put("redaction", measured(this::redact));
    parts.put("canonical form and key", measured(this::key));
    var codec = new JournalCodec(redactor, new ManualClock());
    var asked = codec.encode(new StepScheduled(1, TestBench.agent(input), 0)).record();
    var ended = codec.encode(new StepCompleted(1, payload, Map.of(), "{}")).record();
    parts.put(
        "CRC and hash chain",
        measured(() -> {
          var first = Seal.of(START, 1, asked.type(), asked.body());
          sink += Seal.of(first.hash(), 2, ended.type(), ended.body()).crc();
        }));
    return parts;
  }

  /// Every text that the entries of one step hold.
  private void redact() {
    sink += redactor.cleanJson("{\"prompt\":\"" + input + "\"}").length();
    sink += redactor.clean(input).length();
    sink += redactor.clean("").length() + redactor.clean("").length();
    sink += redactor.cleanJson(payload).length() + redactor.cleanJson("{}").length();
  }

  private void key() {
    sink += ContentKeys.of("{\"prompt\":\"" + input + "\"}").value().length();
  }

  private double measured(Runnable part) {
    var threads = ManagementFactory.getThreadMXBean();
    for (var i = 0; i < WARM_UP; i++) {
      part.run();
    }
    var start = threads.getCurrentThreadCpuTime();
    for (var i = 0; i < ROUNDS; i++) {
      part.run();
    }
    var nanos = threads.getCurrentThreadCpuTime() - start;
    if (sink == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    return nanos / 1e3 / ROUNDS;
  }
}
