package plaza.rooms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The house as it was built: every room of the parent pom with its packages, and for each package
/// the packages that its compiled classes name in code, signatures or annotations.
///
/// @param packages by room and package, such as `faces/web` and `plaza.web`
record Rooms(Path root, Map<String, Map<String, Set<String>>> packages) {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern NAMED = Pattern.compile("L([\\w/$]+)/[\\w$]+[;<]");

  /// Reads the rooms below `root`, each from its folder `built` such as `target/classes`.
  static Rooms under(Path root, Path built) {
    try {
      var packages = new TreeMap<String, Map<String, Set<String>>>();
      var pom = Files.readString(root.resolve("pom.xml"));
      for (var module : MODULE.matcher(pom).results().map(found -> found.group(1)).toList())
        packages.put(module, packagesIn(root.resolve(module).resolve(built)));
      return new Rooms(root, packages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The source files of every room whose name ends with one of `endings`.
  List<Path> sources(String... endings) {
    return packages.keySet().stream()
        .map(room -> root.resolve(room).resolve("src"))
        .flatMap(Rooms::files)
        .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
        .toList();
  }

  /// Every package of ours with the packages of ours that it names.
  Map<String, Set<String>> paths() {
    var paths = new TreeMap<String, Set<String>>();
    for (var room : packages.values())
      room.forEach((home, named) ->
          paths
              .computeIfAbsent(home, _ -> new TreeSet<>())
              .addAll(named.stream().filter(name -> name.startsWith("plaza.")).toList()));
    return paths;
  }

  private static Map<String, Set<String>> packagesIn(Path classes) throws IOException {
    var packages = new TreeMap<String, Set<String>>();
    for (var file : files(classes).filter(f -> f.toString().endsWith(".class")).toList()) {
      var type = ClassFile.of().parse(file);
      var home = packageOf(type.thisClass().asInternalName());
      // Templates compiled by JTE live in its package; they obey their room's dependencies anyway.
      if (!home.startsWith("plaza.")) continue;
      var named = packages.computeIfAbsent(home, _ -> new TreeSet<>());
      for (var entry : type.constantPool())
        switch (entry) {
          case ClassEntry other when !other.asInternalName().startsWith("[") ->
              named.add(packageOf(other.asInternalName()));
          case Utf8Entry text ->
              NAMED
                  .matcher(text.stringValue())
                  .results()
                  .forEach(found -> named.add(found.group(1).replace('/', '.')));
          default -> {}
        }
      named.remove(home);
    }
    return packages;
  }

  private static String packageOf(String internalName) {
    return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/'))).replace('/', '.');
  }

  private static Stream<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) return Stream.of();
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }
}
