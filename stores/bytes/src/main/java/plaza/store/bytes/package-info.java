/// What engines that keep bytes have in common: how entities, histories and feed entries become
/// bytes, by which bytes a query finds them again, and the frame of a store around them.
///
/// Terms and cells sort as the evaluator compares, and never know less than it does: an index may
/// name too much, not too little. Nothing here knows where the bytes are kept.
@NullMarked
package plaza.store.bytes;

import org.jspecify.annotations.NullMarked;
