package plaza.links.poll;

import plaza.links.kind.Body;

/// @param line where it begins, 1 for the first; of a JSON array, its place in it
record Row(long line, Body body) {}
