package dev.quorate.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The architecture, as a table. A package may use only the packages beside it, and a library only
/// the package that owns it.
class ArchitectureTest {
  private static final String ROOT = "dev.quorate";

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("time", Set.of()),
          Map.entry("failure", Set.of()),
          Map.entry("json", Set.of("failure", "time")),
          Map.entry("metrics", Set.of()),
          Map.entry("scheduling", Set.of()),
          Map.entry("identity", Set.of("failure", "settings")),
          Map.entry("settings", Set.of("failure", "governance", "memory")),
          Map.entry("memory", Set.of("failure", "json", "time")),
          Map.entry("merge", Set.of("time")),
          Map.entry("embedding", Set.of("json", "scheduling", "settings")),
          Map.entry("wire", Set.of("failure", "json", "memory", "merge", "subscriptions", "time")),
          Map.entry("subscriptions", Set.of("failure", "json", "memory", "time")),
          Map.entry("governance", Set.of("failure", "json", "memory")),
          Map.entry("standards", Set.of()),
          Map.entry(
              "store",
              Set.of("failure", "governance", "json", "memory", "merge", "subscriptions", "time")),
          Map.entry("quorum", Set.of()),
          Map.entry(
              "vectors",
              Set.of(
                  "embedding",
                  "failure",
                  "memory",
                  "merge",
                  "metrics",
                  "scheduling",
                  "store",
                  "time")),
          Map.entry(
              "federation",
              Set.of(
                  "failure",
                  "governance",
                  "json",
                  "memory",
                  "merge",
                  "metrics",
                  "quorum",
                  "replication",
                  "settings",
                  "store",
                  "time",
                  "wire")),
          Map.entry("replication", Set.of("merge", "quorum", "store", "time")),
          Map.entry(
              "search",
              Set.of("embedding", "failure", "memory", "merge", "scheduling", "store", "time")),
          Map.entry(
              "memories",
              Set.of(
                  "embedding",
                  "failure",
                  "governance",
                  "json",
                  "memory",
                  "merge",
                  "search",
                  "standards",
                  "store",
                  "subscriptions",
                  "time")),
          Map.entry(
              "feed",
              Set.of(
                  "failure",
                  "governance",
                  "memories",
                  "memory",
                  "merge",
                  "search",
                  "store",
                  "time")),
          Map.entry(
              "http",
              Set.of(
                  "embedding",
                  "failure",
                  "federation",
                  "feed",
                  "governance",
                  "identity",
                  "json",
                  "memories",
                  "memory",
                  "merge",
                  "metrics",
                  "quorum",
                  "search",
                  "settings",
                  "store",
                  "subscriptions",
                  "time",
                  "vectors",
                  "wire")),
          Map.entry(
              "webhooks",
              Set.of("failure", "json", "merge", "metrics", "store", "subscriptions", "time")),
          Map.entry("corpus", Set.of("failure", "json", "memory", "time")),
          Map.entry(
              "node",
              Set.of(
                  "embedding",
                  "failure",
                  "federation",
                  "feed",
                  "http",
                  "identity",
                  "memories",
                  "metrics",
                  "search",
                  "settings",
                  "store",
                  "subscriptions",
                  "vectors",
                  "webhooks")),
          Map.entry("localmesh", Set.of("failure", "identity", "json")),
          Map.entry("demo", Set.of("failure", "json", "localmesh")),
          Map.entry(
              "cli",
              Set.of(
                  "corpus",
                  "demo",
                  "failure",
                  "http",
                  "identity",
                  "json",
                  "localmesh",
                  "memory",
                  "node",
                  "scheduling",
                  "settings",
                  "store")));

  private static final Map<String, String> OWNER =
      Map.ofEntries(
          Map.entry("io.helidon..", "http.transport"),
          Map.entry("org.apache.lucene..", "search"),
          Map.entry("dev.langchain4j..", "embedding"),
          Map.entry("java.sql..", "store.sqlite"),
          Map.entry("org.sqlite..", "store.sqlite"),
          Map.entry("io.micrometer..", "metrics"),
          Map.entry("com.knuddels..", "memories"),
          Map.entry("org.apache.hc..", "webhooks"),
          Map.entry("org.bouncycastle..", "identity"),
          Map.entry("java.lang.foreign..", "scheduling"),
          Map.entry("picocli..", "cli"),
          Map.entry("tools.jackson.dataformat..", "settings"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void everyPackageIsInTheTable() {
    var packages = CLASSES.stream().map(ArchitectureTest::feature).collect(toSet());
    assertThat(packages).isEqualTo(MAY_USE.keySet());
  }

  @Test
  void packagesUseOnlyWhatTheTableAllows() {
    MAY_USE.forEach((feature, allowed) -> {
      var forbidden =
          MAY_USE.keySet().stream()
              .filter(other -> !other.equals(feature) && !allowed.contains(other))
              .map(other -> ROOT + "." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + feature + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(forbidden))
          .because("the table in ArchitectureTest does not allow it")
          .check(CLASSES);
    });
  }

  @Test
  void eachLibraryIsUsedByItsOwnerOnly() {
    OWNER.forEach((library, owner) ->
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "." + owner + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(library))
            .because(ROOT + "." + owner + " owns it")
            .check(CLASSES));
  }

  @Test
  void theRulesHaveNoClockThreadDiskOrSocket() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".governance..",
            ROOT + ".merge..",
            ROOT + ".quorum..",
            ROOT + ".replication..",
            ROOT + ".standards..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent.."))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .accessClassesThat()
        .areAssignableTo(Thread.class)
        .check(CLASSES);
  }

  @Test
  void noGenericExceptions() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
  }

  @Test
  void onlyTheCommandLineUsesTheStandardStreams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(
            DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".cli.."))));
  }

  private static String feature(JavaClass type) {
    return type.getPackageName().substring(ROOT.length() + 1).split("\\.", 2)[0];
  }
}
