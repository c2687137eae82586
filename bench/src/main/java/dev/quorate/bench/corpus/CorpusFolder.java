package dev.quorate.bench.corpus;

import dev.quorate.bench.probe.CannotRun;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A folder of JSON lines: `memories*.jsonl` with memories and turns, `questions*.jsonl` with
/// questions. Other files are left alone.
public final class CorpusFolder {
  private static final String OURS = "/evaluation/oddermere";
  private static final int PRIORITY_DEFAULT = 5;
  private static final int PRIORITY_MAX = 10;

  private CorpusFolder() {}

  /// The corpus that comes with this program.
  public static Corpus ours() {
    try {
      var resource = CorpusFolder.class.getResource(OURS);
      if (resource == null) throw new IllegalStateException(OURS + " is missing in the program");
      var uri = resource.toURI();
      return "jar".equals(uri.getScheme()) ? readInJar(uri) : read(Path.of(uri));
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException(OURS + " cannot be read in the program", e);
    }
  }

  private static Corpus readInJar(URI uri) throws IOException {
    try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
      return read(jar.getPath(OURS));
    }
  }

  /// Reads a folder in the order of its file names. Throws [CannotRun] with the file and the line
  /// of the first thing that is wrong.
  public static Corpus read(Path folder) {
    var memories = new ArrayList<CorpusMemory>();
    var questions = new ArrayList<Question>();
    for (var file : files(folder)) {
      var name = String.valueOf(file.getFileName());
      var isOfQuestions = name.startsWith("questions");
      var number = 0;
      for (var text : lines(file)) {
        number++;
        if (text.isBlank()) continue;
        var line = CorpusLine.parse(name, number, text);
        if (isOfQuestions) questions.add(question(line));
        else memories.add(line.has("session") ? turn(line) : memory(line));
      }
    }
    var name = folder.toAbsolutePath().normalize().getFileName();
    return new Corpus(name == null ? "corpus" : name.toString(), memories, questions);
  }

  private static List<Path> files(Path folder) {
    try (var files = Files.newDirectoryStream(folder, "{memories,questions}*.jsonl")) {
      var sorted = new ArrayList<Path>();
      files.forEach(sorted::add);
      sorted.sort(null);
      return sorted;
    } catch (IOException e) {
      throw new CannotRun("the corpus is no folder that can be read: " + folder, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new CannotRun(file + " is not in UTF-8", e);
    } catch (IOException e) {
      throw new CannotRun(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static CorpusMemory memory(CorpusLine line) {
    return common(line, line.text("key"), line.text("title"), line.text("content"));
  }

  /// A turn of a conversation: who spoke stands in its content, as an agent would store it.
  private static CorpusMemory turn(CorpusLine line) {
    var session = line.text("session");
    var number = line.whole("turn", 0, 1, Integer.MAX_VALUE);
    if (number == 0) throw line.wrong("turn is missing");
    return common(
        line,
        session + "#" + number,
        session + ", turn " + number,
        line.text("speaker") + ": " + line.text("text"));
  }

  private static CorpusMemory common(CorpusLine line, String key, String title, String content) {
    return new CorpusMemory(
        key,
        line.text("namespace", "global"),
        title,
        content,
        line.texts("tags"),
        line.text("tier", "long"),
        line.whole("priority", PRIORITY_DEFAULT, 1, PRIORITY_MAX),
        line.time("created_at"));
  }

  private static Question question(CorpusLine line) {
    var label = line.text("kind");
    var kind =
        QuestionKind.of(label)
            .orElseThrow(() ->
                line.wrong("kind must be one of %s: %s".formatted(QuestionKind.labels(), label)));
    return new Question(
        line.text("id"), kind, line.text("text"), line.texts("evidence"), line.texts("outdated"));
  }
}
