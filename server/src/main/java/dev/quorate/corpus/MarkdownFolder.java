package dev.quorate.corpus;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.quorate.memory.Rules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A folder of Markdown files, or one such file: one memory for each section, in a namespace for
/// each folder. Hidden folders, `node_modules` and symbolic links are left out.
final class MarkdownFolder implements Corpus {
  private static final long FILE_BYTES_MAX = 64L << 20;

  private final Path root;
  private final Placement placement;

  MarkdownFolder(Path root, Placement placement) {
    this.root = root;
    this.placement = placement;
  }

  @Override
  public void read(Sink sink) throws IOException {
    var titles = new HashSet<String>();
    if (Files.isDirectory(root)) {
      folder(root, titles, sink);
    } else {
      file(root, root.getFileName(), titles, sink);
    }
  }

  private void folder(Path folder, Set<String> titles, Sink sink) throws IOException {
    for (var entry : entries(folder)) {
      var name = entry.getFileName().toString();
      if (name.startsWith(".") || name.equals("node_modules")) continue;
      var relative = root.relativize(entry);
      try {
        if (Files.isDirectory(entry, NOFOLLOW_LINKS)) {
          folder(entry, titles, sink);
        } else if (Files.isRegularFile(entry, NOFOLLOW_LINKS) && Format.isMarkdown(entry)) {
          file(entry, relative, titles, sink);
        }
      } catch (IOException e) {
        sink.fault("%s cannot be read: %s".formatted(relative, e.getMessage()));
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private void file(Path file, Path relative, Set<String> titles, Sink sink) throws IOException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      sink.fault("%s is larger than %d bytes".formatted(relative, FILE_BYTES_MAX));
      return;
    }
    String text;
    try {
      var utf8 = ByteBuffer.wrap(Files.readAllBytes(file));
      text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException _) {
      sink.fault(relative + " is not UTF-8");
      return;
    }
    var unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
    var matter = FrontMatter.of(PlainText.lines(unmarked));
    var place = MarkdownPlace.of(placement.namespace(), relative);
    var tags = tags(matter.tags(), relative, sink);
    var time = Files.getLastModifiedTime(file).toInstant();
    for (var section : Section.of(matter.rest())) {
      var heading = PlainText.oneLine(section.heading());
      var words = heading.isEmpty() ? place.label() : place.label() + ": " + heading;
      var part = 1;
      for (var piece : Pieces.of(section.text(), Rules.CONTENT_BYTES_MAX)) {
        var title = unique(place.namespace(), words, Pieces.ending(part++), titles);
        sink.memory(
            new NewMemory(
                    StableId.of("markdown", place.namespace(), place.path(), title),
                    place.namespace(),
                    title,
                    piece,
                    tags,
                    time,
                    placement.agentId(),
                    sourceUri(place.path()))
                .json(),
            title);
      }
    }
  }

  /// Two sections may have one heading; the second is then `… (2)`, the same in every run.
  private static String unique(String namespace, String words, String ending, Set<String> titles) {
    for (var copy = 1; ; copy++) {
      var title = PlainText.title(words, (copy == 1 ? "" : " (" + copy + ")") + ending);
      if (titles.add(namespace + "\0" + title)) return title;
    }
  }

  private static List<String> tags(List<String> written, Path file, Sink sink) {
    var tags = new ArrayList<String>();
    for (var tag : written) {
      if (tags.size() < Rules.TAGS_MAX && PlainText.bytes(tag) <= Rules.TAG_BYTES_MAX) {
        tags.add(tag);
      } else {
        sink.fault("%s: left out the tag %s".formatted(file, Rules.quote(tag)));
      }
    }
    return tags;
  }

  private static String sourceUri(String path) {
    return "file:" + path;
  }
}
