package mimo.cli.doctor;

import java.util.List;

/// Looks at one thing mimo needs.
public interface Check {

  /// What it looks at, one word.
  String area();

  /// Looks. What is broken is a finding; an exception is one too.
  List<Finding> look() throws Exception;
}
