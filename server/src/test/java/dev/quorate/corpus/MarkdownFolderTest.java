package dev.quorate.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.memory.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownFolderTest {
  private static final Placement DOCS = new Placement("proj/docs", null);

  @TempDir Path root;

  @Test
  void aFileIsCutAtHeadingsOfLevelOneAndTwo() throws IOException {
    write(
        "guide.md",
        """
        Before any heading.

        # Start #

        One.
        ### Deeper
        Still one.

        ## Install ##
        Two.

        Underlined
        ==========
        Three.

        Also underlined
        ---
        Four.
        #hashtag is text
        """);
    var found = read();
    assertThat(found.faults).isEmpty();
    assertThat(found.all("title"))
        .containsExactly(
            "guide.md",
            "guide.md: Start",
            "guide.md: Install",
            "guide.md: Underlined",
            "guide.md: Also underlined");
    assertThat(found.content("guide.md")).isEqualTo("Before any heading.");
    assertThat(found.content("guide.md: Start")).isEqualTo("One.\n### Deeper\nStill one.");
    assertThat(found.content("guide.md: Also underlined")).isEqualTo("Four.\n#hashtag is text");
  }

  @Test
  void whatLooksLikeAHeadingInCodeIsCode() throws IOException {
    write(
        "code.md",
        """
        # Shell
        ```sh
        # a comment
        ~~~
        ## another
        ```
        ~~~~
        # still code
        ~~~
        ~~~~
            # indented

        | a | b |
        |---|---|
        - item
        ---
        ```inline``` text
        ## Next
        text
        """);
    var found = read();
    assertThat(found.all("title")).containsExactly("code.md: Shell", "code.md: Next");
    assertThat(found.content("code.md: Shell"))
        .startsWith(
            "```sh\n# a comment\n~~~\n## another\n```\n~~~~\n# still code\n~~~\n~~~~\n    # indented")
        .endsWith("- item\n---\n```inline``` text");
  }

  @Test
  void foldersBecomeNamespaces() throws IOException {
    write("a.md", "x");
    write("sub/b.md", "x");
    write("sub/with space/c.MD", "x");
    write("1/2/3/4/5/6/7/8/deep.markdown", "x");
    write(".git/d.md", "x");
    write("node_modules/e/f.md", "x");
    write("notes.txt", "x");
    var found = read();
    assertThat(found.all("namespace"))
        .containsExactly(
            "proj/docs/1/2/3/4/5/6", "proj/docs", "proj/docs/sub", "proj/docs/sub/with-space");
    assertThat(found.all("title")).containsExactly("7/8/deep.markdown", "a.md", "b.md", "c.MD");
    assertThat(found.all("source_uri"))
        .containsExactly(
            "file:1/2/3/4/5/6/7/8/deep.markdown",
            "file:a.md",
            "file:sub/b.md",
            "file:sub/with space/c.MD");
    found.all("namespace").forEach(Rules::namespace);
  }

  @Test
  void readingAgainGivesTheSameAndAnotherNamespaceGivesOtherIds() throws IOException {
    write("a.md", "# One\nx\n# One\ny\n# Two\nz\n");
    var first = read();
    assertThat(first.all("title")).containsExactly("a.md: One", "a.md: One (2)", "a.md: Two");
    assertThat(read().memories).isEqualTo(first.memories);
    assertThat(first.all("id").distinct()).hasSize(3);
    var elsewhere = Collected.of(root, Format.AUTO, new Placement("other", null));
    assertThat(elsewhere.all("id")).doesNotContainAnyElementsOf(first.all("id").toList());
  }

  @Test
  void theTimeOfTheFileIsTheTimeOfItsMemories() throws IOException {
    write("a.md", "x");
    Files.setLastModifiedTime(
        root.resolve("a.md"), FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
    assertThat(read().titled("a.md").get("updated_at").asString())
        .isEqualTo("2020-02-03T04:05:06.000000000+00:00");
  }

  @Test
  void tagsComeFromTheFrontMatter() throws IOException {
    write("inline.md", "---\ntitle: x\ntags: [ops, \"web\", '#red']\n---\ntext");
    write("plain.md", "---\ntags: ops, web\n...\ntext");
    write("list.md", "---\ntags:\n  - ops\n  - web\nother:\n  - no\n---\n# H\ntext");
    write("long.md", "---\ntags: [" + "t".repeat(129) + ", ok]\n---\ntext");
    write("none.md", "---\nnot closed, so a rule\n");
    var found = read();
    assertThat(found.titled("inline.md").get("tags"))
        .isEqualTo(Json.parse("[\"ops\",\"web\",\"red\"]"));
    assertThat(found.titled("plain.md").get("tags")).isEqualTo(Json.parse("[\"ops\",\"web\"]"));
    assertThat(found.titled("list.md: H").get("tags")).isEqualTo(Json.parse("[\"ops\",\"web\"]"));
    assertThat(found.titled("long.md").get("tags")).isEqualTo(Json.parse("[\"ok\"]"));
    assertThat(found.content("none.md")).isEqualTo("---\nnot closed, so a rule");
    assertThat(found.faults)
        .singleElement()
        .asString()
        .startsWith("long.md: left out the tag 'ttt");
  }

  @Test
  void lineEndsAndControlCharactersAreMadeFit() throws IOException {
    Files.write(
        root.resolve("dos.md"),
        "\ufeff# H\u0007ead\r\none\u001b[31m\ttwo\r\nthree\rfour\u0085\r\n"
            .getBytes(StandardCharsets.UTF_8));
    var found = read();
    assertThat(found.all("title")).containsExactly("dos.md: Head");
    assertThat(found.content("dos.md: Head")).isEqualTo("one[31m\ttwo\nthree\nfour");
  }

  @Test
  void aFileThatIsNoUtf8IsToldAndDoesNotStopTheRest() throws IOException {
    Files.write(root.resolve("a.md"), new byte[] {'#', ' ', (byte) 0xfc, '\n', 'x'});
    write("b.md", "x");
    var found = read();
    assertThat(found.all("title")).containsExactly("b.md");
    assertThat(found.faults).containsExactly("a.md is not UTF-8");
  }

  @Test
  void aLongSectionIsCutBetweenParagraphs() throws IOException {
    var paragraph = ("word ".repeat(200) + "end\n").repeat(20) + "\n";
    var code = "```\n" + "line of code\n\n".repeat(1_000) + "```\n\n";
    write("long.md", "# Big\n" + paragraph.repeat(3) + code + paragraph.repeat(2));
    var found = read();
    assertThat(found.all("title")).containsExactly("long.md: Big", "long.md: Big (part 2)");
    found.all("content").forEach(Rules::content);
    assertThat(found.all("content").filter(content -> content.contains("```")).toList())
        .singleElement()
        .satisfies(content -> assertThat(content.split("```", -1)).hasSize(3));
    assertThat(String.join("\n\n", found.all("content").toList()))
        .isEqualTo((paragraph.repeat(3) + code + paragraph.repeat(2)).stripTrailing());
  }

  @Test
  void anEndlessLineIsCutBetweenCharacters() throws IOException {
    write("line.md", "😀".repeat(40_000));
    var found = read();
    assertThat(found.memories).hasSize(3);
    found.all("content").forEach(Rules::content);
    assertThat(String.join("", found.all("content").toList())).isEqualTo("😀".repeat(40_000));
  }

  @Test
  void aLongHeadingMakesATitleThatFits() throws IOException {
    write("t.md", "# " + "é".repeat(600) + "\nx\n# " + "é".repeat(601) + "\ny\n");
    var found = read();
    found.all("title").forEach(Rules::title);
    assertThat(found.all("title").map(title -> title.length())).containsExactly(512, 512);
    assertThat(found.all("title").toList().getLast()).endsWith("… (2)");
  }

  @Test
  void aSingleFileIsACorpusToo() throws IOException {
    write("sub/a.md", "# H\nx");
    var found = Collected.of(root.resolve("sub/a.md"), Format.AUTO, DOCS);
    assertThat(found.all("title")).containsExactly("a.md: H");
    assertThat(found.all("namespace")).containsExactly("proj/docs");
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    var outside = Files.createTempDirectory("outside");
    Files.writeString(outside.resolve("secret.md"), "x");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("link.md"), outside.resolve("secret.md"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    assertThat(read().memories).isEqualTo(List.of());
  }

  private Collected read() throws IOException {
    return Collected.of(root, Format.AUTO, DOCS);
  }

  private void write(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
