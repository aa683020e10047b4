/// Forms as people fill them in: which fields they have, what stands in them, and what was written
/// as the programme takes it. Knows no kind of record.
@org.jspecify.annotations.NullMarked
package plaza.portal.form;
