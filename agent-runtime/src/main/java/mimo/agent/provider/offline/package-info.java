/// The model that needs no network: it reads a few files and answers with what stands in them, the
/// same way every time.
///
/// It serves demonstrations, tests and machines without keys. It labels what it says and never
/// invents; with a cassette it says exactly what was recorded.
@NullMarked
package mimo.agent.provider.offline;

import org.jspecify.annotations.NullMarked;
