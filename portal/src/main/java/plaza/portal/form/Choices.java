package plaza.portal.form;

import java.util.List;
import java.util.Optional;

/// What somebody can choose by name: never more than they may see.
public interface Choices {
  /// Names to choose from, each of which means one thing; not always all of them.
  ///
  /// @param of what is chosen, such as `organisation` or `places`
  List<String> names(String of);

  /// What somebody means by a name, or by an id that they pasted; empty when nothing they may see
  /// is called so.
  Optional<String> id(String of, String written);

  /// What something is called in a form; the id where the name is not theirs to know.
  String name(String of, String id);
}
