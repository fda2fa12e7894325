package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeclarationsTest {

  @Test
  void readsEachDeclarationAsItIsWritten() {
    var found =
        Declarations.of(
            """
            // One.
            declare function one(a: string): void;
            declare function one(
              a: { b: (c: number) => void },
            ): void;
            type Two = { [key: string]: Two };

            interface Three {
              four?: string; /** Holds a } in words. */
            }
            declare const five: {
              six(): string;
            };
            """);

    assertEquals(
        Map.of(
            "one",
            "declare function one(a: string): void;\n"
                + "declare function one(\n  a: { b: (c: number) => void },\n): void;",
            "Two",
            "type Two = { [key: string]: Two };",
            "Three",
            "interface Three {\n  four?: string; /** Holds a } in words. */\n}",
            "five",
            "declare const five: {\n  six(): string;\n};"),
        found);
  }

  @Test
  void refusesWhatDoesNotEnd() {
    assertThrows(IllegalArgumentException.class, () -> Declarations.of("interface A {\n"));
  }
}
