package mimo.agent.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// T27: how much is recorded; the tests of each protocol cut every stream at every byte.
class RecordedStreamsTest {

  @Test
  void areAtLeastFiftyOfEightProviders() {
    var byProvider = new TreeMap<String, Integer>();

    Stream.of("openai", "responses")
        .flatMap(protocol -> RecordedStreams.names(protocol).stream())
        .filter(name -> name.indexOf('-') > 0)
        .filter(name -> !name.startsWith("plain-") && !name.startsWith("multi-"))
        .forEach(name -> byProvider.merge(name.replaceFirst("-.*", ""), 1, Integer::sum));
    byProvider.put("anthropic", RecordedStreams.names("anthropic").size());
    int all =
        Stream.of("openai", "responses", "anthropic")
            .mapToInt(protocol -> RecordedStreams.names(protocol).size())
            .sum();
    System.out.println(all + " recorded streams, by provider " + byProvider);

    assertTrue(all >= 50, "only " + all);
    assertTrue(byProvider.size() >= 8, "only " + byProvider);
  }
}
