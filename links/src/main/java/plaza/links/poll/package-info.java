/// Links that read a table again and again: CSV or JSON, from a folder or over HTTP(S). Only rows
/// that are new or have changed go on to the inbox.
@NullMarked
package plaza.links.poll;

import org.jspecify.annotations.NullMarked;
