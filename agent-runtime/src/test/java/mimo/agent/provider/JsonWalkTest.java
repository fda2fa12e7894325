package mimo.agent.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWalkTest {

  @Test
  void namesThePlaceOfEveryValueAndTheEndOfEveryObject() throws IOException {
    assertEquals(
        List.of("a=1", "b[].c=x", "b[] ends", "b[]=null", "d.e[][]=true", "d ends", " ends"),
        walk("{\"a\":1,\"b\":[{\"c\":\"x\"},null],\"d\":{\"e\":[[true],[]]}}"));
    assertEquals(List.of("=7"), walk("7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a\":}", "1 2", "{} x", "[1", "nope"})
  void refusesWhatIsNotExactlyOneValue(String json) {
    assertThrows(IOException.class, () -> walk(json));
  }

  @Test
  void refusesABottomlessValue() {
    assertThrows(IOException.class, () -> walk("[".repeat(100_000)));
  }

  private static List<String> walk(String json) throws IOException {
    var seen = new ArrayList<String>();
    JsonWalk.walk(
        json,
        new JsonWalk.Visitor() {
          @Override
          public void scalar(String path, JsonParser value) throws IOException {
            seen.add(path + "=" + value.getText());
          }

          @Override
          public void objectEnd(String path) {
            seen.add(path + " ends");
          }
        });
    return seen;
  }
}
