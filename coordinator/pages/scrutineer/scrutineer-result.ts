import { html, nothing, type TemplateResult } from 'lit';
import { readElection } from '../../../shared/belenios/ballot.ts';
import { kindOf } from '../../../shared/kinds/kinds.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import type { DecryptionDocument } from '../../contract/documents.ts';
import type { ScrutineerWords } from './scrutineer-words.ts';

export interface ResultOnScreen {
  readonly decryption: DecryptionDocument;
  readonly names: readonly string[];
  readonly owner: number;
  /** Whether this device has a key to sign with, and no reason not to. */
  readonly maySign: boolean;
  readonly isBusy: boolean;
  readonly trouble: string | null;
  readonly words: ScrutineerWords;
  readonly sign: () => void;
}

/** The decrypted counts, in the words of the election, for the scrutineer to compare and sign. */
export function resultView({
  decryption,
  names,
  owner,
  maySign,
  isBusy,
  trouble,
  words,
  sign,
}: ResultOnScreen): TemplateResult {
  const head = html`<h2>${words.sign}</h2>`;
  if (!decryption?.result || decryption.phase === 'voided')
    return html`${head}<p class="soft">${words.signNone}</p>`;
  const { result, signed, election } = decryption;
  return html`${head}
    <p>${words.cast} <b>${result.cast}</b>　${words.notPressed} <b>${result.notPressed}</b></p>
    ${counts(election, result)}
    ${signed.length > 0 ? html`<p class="good">${words.signed(signed.map((n) => names[n - 1] ?? n).join('、'))}</p>` : nothing}
    ${signed.includes(owner) || !maySign ? nothing : html`${trouble === null ? nothing : html`<p class="warn" role="alert">${trouble}</p>`}<p><button class="main large" data-act="sign" ?disabled=${isBusy} @click=${sign}>${words.signAct}</button></p>`}`;
}

function counts(election: string, { tally }: Result): TemplateResult {
  const questions = readElection(election)?.questions ?? [];
  // Grades that were not offered are not in the election.
  const given = kindOf(tally.kind).marks(tally);
  return html`<table class="counts"><tbody>${questions.map(
    ({ question, answers }, i) => html`
      ${questions.length > 1 ? html`<tr><th colspan="2">${i + 1} ${question ?? ''}</th></tr>` : nothing}
      ${answers.map((answer, j) => html`<tr><td>${answer}</td><td class="n">${given[i]?.[j] ?? 0}</td></tr>`)}`,
  )}</tbody></table>`;
}
