import { PROPOSAL_CHANNELS } from '../../../../shared/terms.ts';
import type { ReceiptPaper } from '../documents.ts';
import { dateText, shortened } from './text.ts';
import { qrPicture, type Typeset, typeset } from './typeset.ts';
import { SAID } from './words.ts';

/** The most characters of a proposal that its receipt repeats: the rest would not fit on the page. */
const MOST_TEXT = 220;
const MOST_TITLE = 80;

export function receiptSet(paper: ReceiptPaper): Typeset {
  const { language, code, cycle, title, text, channel, received, attachments, address } = paper;
  const said = SAID[language];
  const facts = [
    [said.cycle, said.yearOf(cycle)],
    [said.received, `${dateText(received, language)} · ${PROPOSAL_CHANNELS[channel][language]}`],
    [said.matter, shortened(title, MOST_TITLE)],
    [said.asked, shortened(text, MOST_TEXT)],
    ...(attachments > 0 ? [[said.attachments, said.pieces(attachments)]] : []),
  ];
  return typeset('receipt', paper, said.receipt, {
    code,
    facts,
    address,
    qr: qrPicture(address),
    steps: said.follow(address),
    words: { code: said.code, keep: said.keepCode, how: said.howToFollow, privacy: said.privacy },
  });
}
