/// Told = kept: who follows a record is told of each of its steps exactly once.
///
/// `Followers` remembers who follows what, `Audience` says whom a step concerns, `Notices` reads
/// the audit chain link by link and writes each one a notice, `MailRound` sends notices by e-mail,
/// `Webhooks` tells other systems. Decides nothing about any record.
@NullMarked
package plaza.programme.notice;

import org.jspecify.annotations.NullMarked;
