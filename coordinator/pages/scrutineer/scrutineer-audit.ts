import { html, type TemplateResult } from 'lit';
import { readElection } from '../../../shared/belenios/ballot.ts';
import { isOpening } from '../../../shared/belenios/opening.ts';
import { receiptCode } from '../../../shared/protocol/receipt-code.ts';
import type { AuditsDocument, DecryptionDocument } from '../../contract/documents.ts';
import type { ScrutineerWords } from './scrutineer-words.ts';

type Audit = NonNullable<AuditsDocument>['last'][number];

/** Ballots already recomputed: encrypting again takes a moment, and a ballot never changes. */
const verdicts = new Map<string, boolean>();

function holds(election: string, audit: Audit): boolean {
  const known = verdicts.get(audit.ballot);
  if (known !== undefined) return known;
  const read = readElection(election);
  const verdict = read !== null && isOpening(read, audit.ballot, audit);
  verdicts.set(audit.ballot, verdict);
  return verdict;
}

/** What the opened ballot is said to hold, in the words of the election. */
function contents(election: string, { votes }: Audit, blank: string): string {
  const questions = readElection(election)?.questions ?? [];
  const chosen = questions.flatMap(({ answers }, i) => {
    const some = answers.filter((_, j) => votes[i]?.[j] === 1);
    return questions.length === 1 ? some : [`${i + 1} ${some.join('') || '—'}`];
  });
  return chosen.join('；') || blank;
}

/** The ballots opened for audit, each recomputed here. */
export function auditView(
  audits: AuditsDocument,
  decryption: DecryptionDocument,
  words: ScrutineerWords,
): TemplateResult {
  const intro = html`<h2>${words.audit}</h2><p class="soft">${words.auditHint}</p>`;
  if (!audits || !decryption || audits.round !== decryption.round || audits.last.length === 0)
    return html`${intro}<p>${words.auditNone}</p>`;
  const { election } = decryption;
  return html`${intro}<p>${words.auditCount(audits.count)}</p>
    <table>
      <thead><tr><th>${words.seat}</th><th>${words.receiptCode}</th><th>${words.content}</th><th>${words.verdict}</th></tr></thead>
      <tbody>${audits.last.map((audit) => {
        const isTrue = holds(election, audit);
        return html`<tr>
          <td><b>${audit.seat}</b></td>
          <td><code>${receiptCode(audit.ballot)
            .match(/.{1,4}/g)
            ?.slice(0, 4)
            .join(' ')} …</code></td>
          <td>${contents(election, audit, words.blank)}</td>
          <td class=${isTrue ? 'good' : 'bad'}>${isTrue ? words.holds : words.fails}</td>
        </tr>`;
      })}</tbody>
    </table>`;
}
