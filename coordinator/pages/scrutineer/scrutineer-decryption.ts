import { html, nothing, type TemplateResult } from 'lit';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { DecryptionDocument } from '../../contract/documents.ts';
import type { ScrutineerWords } from './scrutineer-words.ts';

export interface DecryptionOnScreen {
  readonly decryption: DecryptionDocument;
  readonly owner: number;
  /** Whether this device has a part in the key. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  /** The ballots are being added up on this device. */
  readonly isChecking: boolean;
  readonly trouble: string | null;
  readonly title: (text: Text) => string;
  readonly words: ScrutineerWords;
  readonly decrypt: () => void;
}

/** A sum of so few ballots may tell single ones. */
const FEW = 5;

/** The vote in hand, as far as scrutineers are concerned with it. */
export function decryptionView(view: DecryptionOnScreen): TemplateResult {
  const { decryption, title, words } = view;
  if (!decryption) return html`<h2>${words.decrypt}</h2><p>${words.decryptNone}</p>`;
  return html`<h2>${words.decrypt}</h2>
    <p class="vote">${decryption.rehearsal ? html`<span class="badge">${words.rehearsal}</span> ` : nothing}<b>${title(decryption.title)}</b> <small class="soft">${decryption.round}</small></p>
    ${state(view, decryption)}`;
}

function state(
  { owner, isReady, isBusy, isChecking, trouble, words, decrypt }: DecryptionOnScreen,
  { phase, cast, tally, needed, shares, result }: NonNullable<DecryptionDocument>,
): TemplateResult {
  if (phase === 'voided') return html`<p>${words.voided}</p>`;
  if (phase === 'open') return html`<p>${words.open(cast)}</p>`;
  const progress = html`<p>${words.shares(shares.length, needed)}</p>`;
  if (result) return progress;
  if (tally === null) return html`<p role="status">${words.counting}</p>`;
  if (shares.includes(owner)) return html`${progress}<p role="status">${words.yourShare}</p>`;
  return html`<p>${words.ready(cast)}</p>
    ${cast < FEW ? html`<p class="warn">⚠ ${words.few}</p>` : nothing}
    ${progress}
    ${trouble === null ? nothing : html`<p class="warn" role="alert">${trouble}</p>`}
    <p><button class="main large" data-act="decrypt" ?disabled=${!isReady || isBusy} @click=${decrypt}>${words.decryptAct}</button>
      ${isChecking ? html`<span class="soft" role="status">${words.checking}</span>` : nothing}</p>`;
}
