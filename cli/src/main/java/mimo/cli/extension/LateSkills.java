package mimo.cli.extension;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import mimo.agent.skill.Skill;
import mimo.agent.skill.Skills;
import org.jspecify.annotations.Nullable;

/// Skills that are looked for once somebody wants one: most agents want none. Thread-safe; two that
/// want the first at once may both look.
public final class LateSkills implements Skills {

  private final Supplier<Skills> search;
  private final AtomicReference<@Nullable Skills> found = new AtomicReference<>();

  public LateSkills(Supplier<Skills> search) {
    this.search = search;
  }

  private Skills found() {
    var known = found.get();
    if (known == null) {
      known = search.get();
      found.set(known);
    }
    return known;
  }

  @Override
  public List<Skill> all() {
    return found().all();
  }

  @Override
  public Reading read(Skill skill, String file) {
    return found().read(skill, file);
  }

  @Override
  public List<String> beside(Skill skill) {
    return found().beside(skill);
  }
}
