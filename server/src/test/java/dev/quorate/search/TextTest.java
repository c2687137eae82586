package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.search.SearchQuery.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @TempDir Path directory;
  private Library library;

  @BeforeEach
  void open() {
    library = new Library(directory);
  }

  @AfterEach
  void close() {
    library.close();
  }

  @Test
  void titleContentAndTagsAreSearchedTogether() {
    library.with(
        Sketch.of("m").title("Deploy rule").content("use canaries").tags("release", "web"));
    assertThat(library.all("deploy canaries release web")).containsExactly("m");
    assertThat(library.all("deploy canaries rollback")).isEmpty();
    assertThat(library.any("rollback canaries")).containsExactly("m");
    assertThat(library.any("rollback nothing")).isEmpty();
  }

  @Test
  void caseAccentsAndEnglishEndingsDoNotMatter() {
    library.with(Sketch.of("m").content("Müller's Crème BRÛLÉE, deployed services"));
    for (var text : List.of("muller", "MÜLLER", "cre\u0300me", "brulee", "deploying", "service")) {
      assertThat(library.all(text)).as(text).containsExactly("m");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blue-green",
        "blue.green",
        "blue_green",
        "blue/green",
        "blue:green",
        "(blue)green"
      })
  void partsOfAWordMustStandSideBySide(String text) {
    library.with(
        Sketch.of("dash").content("use blue-green today"),
        Sketch.of("space").content("the blue green one"),
        Sketch.of("apart").content("blue is not green"),
        Sketch.of("reverse").content("green-blue"));
    assertThat(library.all(text)).containsExactlyInAnyOrder("dash", "space");
    assertThat(library.any(text)).containsExactlyInAnyOrder("dash", "space");
  }

  @Test
  void aPhraseDoesNotReachFromTheTitleIntoTheContent() {
    library.with(Sketch.of("m").title("blue").content("green").tags("red"));
    assertThat(library.all("blue-green")).isEmpty();
    assertThat(library.all("red-green")).isEmpty();
    assertThat(library.all("blue-blue")).isEmpty();
    assertThat(library.all("blue green red")).containsExactly("m");
  }

  @Test
  void partsOfFileNamesAndIdentifiersAreWords() {
    library.with(Sketch.of("m").content("see config.toml, max_open_files and https://x.dev/a?b=c"));
    for (var text : List.of("toml", "config", "open", "x.dev", "config.toml", "https://x.dev")) {
      assertThat(library.all(text)).as(text).containsExactly("m");
    }
  }

  @Test
  void operatorsAreDroppedAndSmallOnesAreWords() {
    library.with(Sketch.of("m").content("salt pepper"), Sketch.of("and").content("salt and"));
    assertThat(library.all("salt AND NOT pepper OR NEAR")).containsExactly("m");
    assertThat(library.all("salt and")).containsExactly("and");
    assertThat(library.any("AND OR NOT NEAR")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "*",
        "^",
        "{",
        "}",
        "(",
        ")",
        ":",
        "|",
        "+",
        "-",
        "!",
        "\\",
        "~",
        "/",
        "[a TO b]",
        "a*",
        "title:x",
        "x^2",
        "\"unclosed",
        "(((",
        "a AND",
        "NOT a",
        "/re.*x/",
        "{!func}",
        "--",
        "?",
        "&&",
        "\u0000",
        "\ud800",
        "a\ud83d",
        "\u202e",
        "'",
        "''",
        "’",
        "\u200d"
      })
  void nothingInATextIsSyntax(String text) {
    library.with(Sketch.of("m").content("salt"));
    assertThat(library.any(text + " salt")).containsExactly("m");
    assertThat(library.all("salt AND " + text)).size().isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "*", "\"\"", "AND", "- - -", "\u200b", "nowhere"})
  void aTextWithoutKnownWordsFindsNothing(String text) {
    library.with(Sketch.of("m"));
    assertThat(library.any(text)).isEmpty();
    assertThat(library.all(text)).isEmpty();
  }

  @Test
  void aLimitBelowOneFindsNothing() {
    library.with(Sketch.of("m"));
    for (var limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThat(library.index().search(new SearchQuery("content", Mode.ANY, Filter.NONE, limit)))
          .isEmpty();
    }
  }

  @Test
  void anyLimitWillDo() {
    for (var i = 0; i < 50; i++) library.with(Sketch.of("m" + i));
    for (var mode : Mode.values()) {
      assertThat(library.index().search(new SearchQuery("content", mode, Filter.NONE, 7)))
          .hasSize(7);
      assertThat(
              library
                  .index()
                  .search(new SearchQuery("content", mode, Filter.NONE, Integer.MAX_VALUE)))
          .hasSize(50);
    }
  }

  @Test
  void onlyTheFirstTermsOfAVeryLongTextCount() {
    library.with(Sketch.of("early").content("word3 word7"), Sketch.of("late").content("word9000"));
    var text =
        IntStream.range(0, 10_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    assertThat(library.any(text)).containsExactly("early");
    assertThat(library.any("word3 ".repeat(10_000))).containsExactly("early");
    assertThat(library.any("x".repeat(1_000_000) + " word3")).isEmpty();
    assertThat(library.any("a.".repeat(100_000))).isEmpty();
  }

  @Test
  void exactlySixtyFourTermsCount() {
    library.with(Sketch.of("last").content("w63"), Sketch.of("beyond").content("w64"));
    var text = IntStream.range(0, 65).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    assertThat(library.any(text)).containsExactly("last");
  }

  @Test
  void chineseAndJapaneseAreFoundByAnyPartOfASentence() {
    library.with(
        Sketch.of("zh").content("我们使用蓝绿部署服务"),
        Sketch.of("ja").content("東京でデプロイする手順"),
        Sketch.of("ko").content("서울에서 배포하는 방법"));
    assertThat(library.all("部署")).containsExactly("zh");
    assertThat(library.all("绿部署服")).containsExactly("zh");
    assertThat(library.all("署部")).isEmpty();
    assertThat(library.any("如何部署服务器")).containsExactly("zh");
    assertThat(library.all("東京")).containsExactly("ja");
    assertThat(library.all("デプロイ")).containsExactly("ja");
    assertThat(library.all("ﾃﾞﾌﾟﾛｲ")).containsExactly("ja");
    assertThat(library.all("배포하는")).containsExactly("ko");
  }

  @Test
  void scriptsFromRightToLeftAreFoundWhateverMarksTheirDirection() {
    library.with(
        Sketch.of("ar").content("\u200fقواعد النشر على الخادم\u200f"),
        Sketch.of("he").content("כללי פריסה לשרת"),
        Sketch.of("fa").content("می\u200cخواهم"));
    assertThat(library.all("النشر")).containsExactly("ar");
    assertThat(library.all("\u202bالخادم\u202c قواعد")).containsExactly("ar");
    assertThat(library.all("פריסה")).containsExactly("he");
    assertThat(library.all("میخواهم")).containsExactly("fa");
  }

  @Test
  void emojiAreWords() {
    library.with(
        Sketch.of("rocket").content("launch 🚀 now"),
        Sketch.of("woman").content("👩‍💻 writes"),
        Sketch.of("heart").content("I ❤️ it"));
    assertThat(library.all("🚀")).containsExactly("rocket");
    assertThat(library.all("👩‍💻")).containsExactly("woman");
    assertThat(library.all("❤")).containsExactly("heart");
    assertThat(library.all("❤️")).containsExactly("heart");
  }

  @Test
  void oneTextInTwoUnicodeFormsIsOneText() {
    library.with(Sketch.of("m").content("e\u0301te\u0301 ｆｕｌｌ ﬁle \u1e9b\u0323"));
    for (var text : List.of("\u00e9t\u00e9", "full", "file", "\u1e69", "ete")) {
      assertThat(library.all(text)).as(text).containsExactly("m");
    }
  }

  @Test
  void aRareWordOutranksACommonOne() {
    for (var i = 0; i < 20; i++) library.with(Sketch.of("c" + i).content("common"));
    library.with(Sketch.of("rare").content("rare"));
    assertThat(library.any("common rare")).hasSize(21).first().isEqualTo("rare");
  }
}
