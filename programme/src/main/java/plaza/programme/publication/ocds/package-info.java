/// The programme as open contracting data: OCDS 1.1.5 releases and records with the profile for
/// public-private partnerships (https://standard.open-contracting.org/1.1/en/,
/// https://standard.open-contracting.org/profiles/ppp/latest/en/).
///
/// A challenge with what came of it is one contracting process, and so is a pilot without a call.
/// Each public step gives one release: the whole process as it was then. What is written here must
/// be a member of the schema of OCDS 1.1.5 or of that profile, and nothing else.
@NullMarked
package plaza.programme.publication.ocds;

import org.jspecify.annotations.NullMarked;
