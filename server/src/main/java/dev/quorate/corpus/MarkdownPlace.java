package dev.quorate.corpus;

import dev.quorate.memory.Rules;
import java.nio.file.Path;
import java.util.ArrayList;

/// Where the memories of one Markdown file go.
///
/// @param namespace the base namespace and the file's folders below it
/// @param label what the file is called in titles: its name, and the folders that no longer fit
///   into the namespace
/// @param path from the folder that is imported, with `/`
record MarkdownPlace(String namespace, String label, String path) {
  static MarkdownPlace of(String base, Path relative) {
    var folders = new ArrayList<String>();
    for (var name : relative) folders.add(PlainText.oneLine(name.toString()));
    var path = String.join("/", folders);
    var label = folders.removeLast();
    var namespace = base;
    for (var i = 0; i < folders.size(); i++) {
      var deeper = namespace + "/" + folders.get(i).replaceAll("[\\s\\p{Z}\\\\]", "-");
      if (!fits(deeper)) {
        label = String.join("/", folders.subList(i, folders.size())) + "/" + label;
        break;
      }
      namespace = deeper;
    }
    return new MarkdownPlace(namespace, label, path);
  }

  private static boolean fits(String namespace) {
    return namespace.split("/", -1).length <= Rules.NAMESPACE_DEPTH_MAX
        && namespace.codePointCount(0, namespace.length()) <= Rules.NAMESPACE_CHARACTERS_MAX;
  }
}
